-- The actors named in most articles of given stories.
select
    story_actors.story_id,
    coalesce(actors.name, story_actors.actor_id) as name,
    story_actors.articles
from story_actors
left join actors on actors.actor_id = story_actors.actor_id
where list_contains($stories, story_actors.story_id)
qualify row_number() over (
    partition by story_actors.story_id order by story_actors.articles desc, story_actors.actor_id
) <= 5
order by story_actors.story_id, story_actors.articles desc, story_actors.actor_id
