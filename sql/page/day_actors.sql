-- The actors in most articles of a day.
select
    actor_daily.actor_id,
    coalesce(actors.name, actor_daily.actor_id) as name,
    actors.actor_type,
    actor_daily.articles,
    actor_daily.independent_articles,
    actor_daily.sources,
    actor_daily.mentions,
    actor_daily.quotes,
    actor_daily.share
from actor_daily
left join actors on actors.actor_id = actor_daily.actor_id
where actor_daily.published_on = $day
order by actor_daily.articles desc, actor_daily.mentions desc, actor_daily.actor_id
limit 12
