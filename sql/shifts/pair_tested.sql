-- How many pairs of actors the articles of each period asked name.
select cast(date_trunc($period, published_on) as date) as starts_on, count(distinct (actor_id, other_actor_id)) as units
from actor_pair_daily
where published_on between $since and $until
    and cast(date_trunc($period, published_on) as date) in (select starts_on from work_shift_periods)
group by starts_on
order by starts_on
