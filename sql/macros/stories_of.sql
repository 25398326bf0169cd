-- Stories in which an actor is a leading one, the largest first: one row per story. Without an actor, all stories.
-- Takes an id or any known name; since and until (both included) keep the stories that run in these days.
-- Example: from stories_of(actor := 'Charles Michel', since := date '2022-04-01')
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
create or replace macro stories_of(actor := null, since := null, until := null) as table
select
    story_overview.story_id,
    story_overview.label,
    story_overview.started_on,
    story_overview.ended_on,
    story_overview.articles,
    story_overview.independent_articles,
    story_overview.sources,
    story_overview.leading_actors,
    story_overview.leading_themes
from story_overview
where (cast(since as date) is null or story_overview.ended_on >= cast(since as date))
    and (cast(until as date) is null or story_overview.started_on <= cast(until as date))
    and (
        cast(actor as varchar) is null
        or story_overview.story_id in (
            select story_actors.story_id
            from story_actors
            inner join find_actor(actor) as found_actors on found_actors.actor_id = story_actors.actor_id
        )
    )
order by story_overview.independent_articles desc, story_overview.started_on, story_overview.story_id
