-- How many pairs of actors the articles of each period asked name. Hashes of the pairs are counted, not the pairs, which
-- takes half the time.
select
    cast(date_trunc($period, published_on) as date) as starts_on,
    count(distinct hash(actor_id, other_actor_id)) as units
from actor_pair_daily
where published_on between $first and $until
    and cast(date_trunc($period, published_on) as date) in (select starts_on from work_shift_periods)
group by starts_on
order by starts_on
