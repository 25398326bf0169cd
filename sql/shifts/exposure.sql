-- Tagged articles per period and source from $since to $until (both included), each reprint group counted once on a day, at
-- the source that had it first; all sources together where $by_source is false.
with first_articles as (
    select published_on, source_id
    from articles
    where is_current and tagged and published_on between $since and $until and reprint_group_id is not null
    qualify row_number() over (
        partition by published_on, reprint_group_id order by published_at nulls last, article_id
    ) = 1
)

select
    cast(date_trunc($period, published_on) as date) as starts_on,
    case when $by_source then source_id else 'all' end as source_id,
    count(*) as articles
from first_articles
group by all
order by starts_on, source_id
