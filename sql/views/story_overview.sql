-- Stories with the names of their leading actors and themes, the largest first. Example: from story_overview limit 20
--
-- story_id: The story.
-- label: The headline that is closest to what the story's largest day says.
-- started_on: Publication day of its first article.
-- ended_on: Publication day of its last article so far.
-- articles: Articles of the story.
-- independent_articles: The same with copies counted once.
-- sources: Sources with such an article.
-- leading_actors: The five actors named in most of them, most named first.
-- leading_themes: The three themes of most of them.
create or replace view story_overview as
with leading_actors as (
    select
        story_actors.story_id,
        string_agg(
            coalesce(actors.name, story_actors.actor_id), '; '
            order by story_actors.articles desc, story_actors.actor_id
        ) as names
    from story_actors
    left join actors on actors.actor_id = story_actors.actor_id
    group by story_actors.story_id
),

leading_themes as (
    select
        story_themes.story_id,
        string_agg(
            coalesce(themes.label, story_themes.theme_id), '; '
            order by story_themes.articles desc, story_themes.theme_id
        ) as labels
    from story_themes
    left join themes on themes.theme_id = story_themes.theme_id
    group by story_themes.story_id
)

select
    stories.story_id,
    stories.label,
    stories.started_on,
    stories.ended_on,
    stories.articles,
    stories.independent_articles,
    stories.sources,
    leading_actors.names as leading_actors,
    leading_themes.labels as leading_themes
from stories
left join leading_actors on leading_actors.story_id = stories.story_id
left join leading_themes on leading_themes.story_id = stories.story_id
order by stories.independent_articles desc, stories.started_on, stories.story_id
