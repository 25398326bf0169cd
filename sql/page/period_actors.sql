-- The actors in most articles from one day to another, with their articles in the period before.
with before as (
    select actor_daily.actor_id, cast(sum(actor_daily.articles) as bigint) as articles
    from actor_daily
    where actor_daily.published_on between $before_since and $before_until
    group by actor_daily.actor_id
)

select
    top.actor_id,
    top.name,
    top.actor_type,
    top.articles,
    top.independent_articles,
    top.share,
    coalesce(before.articles, 0) as articles_before
from top_actors(since := $since, until := $until, n := 15) as top
left join before on before.actor_id = top.actor_id
order by top.place
