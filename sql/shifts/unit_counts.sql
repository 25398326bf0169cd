-- Independent articles per period, source and unit (an actor or a theme) from $since to $until (both included), of the units
-- that have enough of them in some period: without, none can be a shift.
with counted as (
    select
        cast(date_trunc($period, published_on) as date) as starts_on,
        source_id,
        the_unit as unit_id,
        cast(sum(independent_articles) as bigint) as articles
    from the_table
    where published_on between $since and $until and independent_articles > 0
    group by all
),

in_all_sources as (
    select unit_id, starts_on, sum(articles) as articles
    from counted
    group by unit_id, starts_on
)

select starts_on, source_id, unit_id, articles
from counted
where unit_id in (select unit_id from in_all_sources where articles >= $min_articles)
order by unit_id, source_id, starts_on
