-- Counts of actors that a retag moved: one row per publication day and actor.
with moved as (
    select
        coalesce(before.published_on, after.published_on) as published_on,
        coalesce(before.actor_id, after.actor_id) as actor_id,
        coalesce(before.articles, 0) as articles_before,
        coalesce(after.articles, 0) as articles_after,
        coalesce(before.mentions, 0) as mentions_before,
        coalesce(after.mentions, 0) as mentions_after
    from actor_daily_before as before
    full join actor_daily_after as after
        on after.published_on = before.published_on and after.actor_id = before.actor_id
)

select
    moved.published_on,
    coalesce(now.name, was.name, moved.actor_id) as actor,
    moved.articles_before,
    moved.articles_after,
    moved.mentions_before,
    moved.mentions_after
from moved
left join actors_after as now on now.actor_id = moved.actor_id
left join actors_before as was on was.actor_id = moved.actor_id
where moved.articles_before <> moved.articles_after or moved.mentions_before <> moved.mentions_after
order by
    abs(moved.articles_after - moved.articles_before) desc,
    abs(moved.mentions_after - moved.mentions_before) desc,
    moved.published_on,
    moved.actor_id
