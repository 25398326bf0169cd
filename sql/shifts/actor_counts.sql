-- Independent articles per period, source and actor from $since to $until (both included), of the actors that have
-- enough of them to make a shift.
with counted as (
    select
        cast(date_trunc($period, published_on) as date) as starts_on,
        source_id,
        actor_id as unit_id,
        cast(sum(independent_articles) as bigint) as articles
    from actor_source_daily
    where published_on between $since and $until and independent_articles > 0
    group by all
)

select starts_on, source_id, unit_id, articles
from counted
qualify sum(articles) over (partition by unit_id) >= $min_articles
order by unit_id, source_id, starts_on
