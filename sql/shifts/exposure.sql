-- Tagged articles per period and source from $since to $until (both included), each reprint group counted once on a day, at
-- the source that had it first.
with first_articles as (
    select published_on, arg_min(source_id, (published_at is null, published_at, article_id)) as source_id
    from articles
    where is_current and tagged and published_on between $since and $until
    group by published_on, coalesce(reprint_group_id, article_id)
)

select cast(date_trunc($period, published_on) as date) as starts_on, source_id, count(*) as articles
from first_articles
group by starts_on, source_id
order by starts_on, source_id
