-- The ten leading themes by source: articles.
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
)

select
    coalesce(themes.label, during.theme_id) as row_label,
    coalesce(sources.name, during.source_id) as column_label,
    during.articles
from during
inner join ranked on ranked.theme_id = during.theme_id
left join themes on themes.theme_id = during.theme_id
left join sources on sources.source_id = during.source_id
order by ranked.weight desc, ranked.theme_id, during.source_id
