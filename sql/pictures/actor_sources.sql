-- The twelve leading actors by the twelve sources that name most: articles.
with during as (
    select actor_id, source_id, cast(sum(articles) as bigint) as articles
    from actor_source_daily
    where published_on between $since and $until
    group by actor_id, source_id
),

ranked as (
    select actor_id, sum(articles) as weight
    from during
    group by actor_id
    order by weight desc, actor_id
    limit 12
),

busiest as (
    select source_id
    from during
    group by source_id
    order by sum(articles) desc, source_id
    limit 12
)

select
    coalesce(actors.name, during.actor_id) as row_label,
    coalesce(sources.name, during.source_id) as column_label,
    during.articles
from during
inner join ranked on ranked.actor_id = during.actor_id
left join actors on actors.actor_id = during.actor_id
inner join busiest on busiest.source_id = during.source_id
left join sources on sources.source_id = during.source_id
order by ranked.weight desc, ranked.actor_id, during.source_id
