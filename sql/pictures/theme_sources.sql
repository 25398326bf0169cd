-- The twelve leading themes by the twelve sources that name most: articles.
with during as (
    select theme_id, source_id, cast(sum(articles) as bigint) as articles
    from theme_source_daily
    where published_on between $since and $until
    group by theme_id, source_id
),

ranked as (
    select theme_id, sum(articles) as weight
    from during
    group by theme_id
    order by weight desc, theme_id
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
    coalesce(themes.label, during.theme_id) as row_label,
    coalesce(sources.name, during.source_id) as column_label,
    during.articles
from during
inner join ranked on ranked.theme_id = during.theme_id
left join themes on themes.theme_id = during.theme_id
inner join busiest on busiest.source_id = during.source_id
left join sources on sources.source_id = during.source_id
order by ranked.weight desc, ranked.theme_id, during.source_id
