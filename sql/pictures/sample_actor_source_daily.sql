-- The latest day's actors by source, by name.
select
    counts.published_on as day,
    counts.source_id as source,
    coalesce(actors.name, counts.actor_id) as actor,
    counts.articles
from actor_source_daily as counts
left join actors on actors.actor_id = counts.actor_id
where counts.published_on between $since and $until
order by counts.published_on desc, counts.articles desc, counts.actor_id, counts.source_id
limit 10
