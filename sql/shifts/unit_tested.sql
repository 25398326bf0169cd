-- How many units (actors or themes) the articles of each period asked have.
select cast(date_trunc($period, published_on) as date) as starts_on, count(distinct the_unit) as units
from the_table
where published_on between $first and $until
    and cast(date_trunc($period, published_on) as date) in (select starts_on from work_shift_periods)
group by starts_on
order by starts_on
