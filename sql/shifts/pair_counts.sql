-- Independent articles per period and numbered pair of actors from $since to $until (both included).
select
    cast(date_trunc($period, actor_pair_daily.published_on) as date) as starts_on,
    'all' as source_id,
    work_shift_units.unit_number as unit,
    cast(sum(actor_pair_daily.independent_articles) as bigint) as articles
from actor_pair_daily
inner join work_shift_units
    on work_shift_units.unit_id = actor_pair_daily.actor_id
    and work_shift_units.other_unit_id = actor_pair_daily.other_actor_id
where actor_pair_daily.published_on between $since and $until
group by all
