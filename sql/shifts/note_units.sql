-- Number the units (actors or themes) from 0 that can be a shift: those with enough articles in a period asked for a rise,
-- or with so many from $since to $until (both included) that a fall from them would be one, in the least past that is
-- judged by.
insert into work_shift_units (unit_number, unit_id)
with counted as (
    select
        the_unit as unit_id,
        cast(date_trunc($period, published_on) as date) as starts_on,
        sum(independent_articles) as articles
    from the_table
    where published_on between $since and $until
    group by unit_id, starts_on
),

worth_a_test as (
    select unit_id
    from counted
    group by unit_id
    having max(articles) filter (where starts_on in (select starts_on from work_shift_periods)) >= $min_articles
        or sum(articles) >= 2 * $min_articles * $least_periods
)

select cast(row_number() over (order by unit_id) - 1 as integer) as unit_number, unit_id
from worth_a_test
order by unit_number
