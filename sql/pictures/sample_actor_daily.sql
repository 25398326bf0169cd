-- The latest day's leading actors, by name.
select
    actor_daily.published_on as day,
    coalesce(actors.name, actor_daily.actor_id) as actor,
    actor_daily.articles,
    actor_daily.independent_articles as "no copies",
    actor_daily.sources,
    actor_daily.mentions
from actor_daily
left join actors on actors.actor_id = actor_daily.actor_id
where actor_daily.published_on between $since and $until
order by actor_daily.published_on desc, actor_daily.articles desc, actor_daily.mentions desc, actor_daily.actor_id
limit 10
