-- Number the pairs of actors from 0 that can be a rise: those with enough articles in a period asked, the first of which
-- begins on $first. They are few, so that only theirs of the many rows of pairs are counted.
insert into work_shift_units (unit_number, unit_id, other_unit_id)
with risen as (
    select distinct actor_id, other_actor_id
    from (
        select actor_id, other_actor_id
        from actor_pair_daily
        where published_on between $first and $until
            and cast(date_trunc($period, published_on) as date) in (select starts_on from work_shift_periods)
        group by cast(date_trunc($period, published_on) as date), actor_id, other_actor_id
        having sum(independent_articles) >= $min_articles
    )
)

select
    cast(row_number() over (order by actor_id, other_actor_id) - 1 as integer) as unit_number,
    actor_id as unit_id,
    other_actor_id as other_unit_id
from risen
order by unit_number
