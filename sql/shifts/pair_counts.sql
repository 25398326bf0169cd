-- Independent articles per period and pair of actors from $since to $until (both included), of the pairs that have enough
-- of them in one of the periods asked. A line feed stands between the two ids; it occurs in none.
with named as (
    select
        cast(date_trunc($period, published_on) as date) as starts_on,
        actor_id,
        other_actor_id,
        cast(sum(independent_articles) as bigint) as articles
    from actor_pair_daily
    where published_on between $since and $until
    group by all
),

risen as (
    select distinct actor_id, other_actor_id
    from named
    where articles >= $min_articles and starts_on in (select starts_on from work_shift_periods)
)

select
    named.starts_on,
    'all' as source_id,
    named.actor_id || chr(10) || named.other_actor_id as unit_id,
    named.articles
from named
inner join risen on risen.actor_id = named.actor_id and risen.other_actor_id = named.other_actor_id
order by unit_id, starts_on
