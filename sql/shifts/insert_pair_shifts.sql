-- Put in the shifts that were found; pairs were chosen by a rise, so only rises were tested.
insert into pair_shifts (
    published_on, period, actor_id, other_actor_id, direction, observed, expected, low, high, score, q_value,
    baseline_periods
)
select
    starts_on,
    $period,
    split_part(unit_id, chr(10), 1),
    split_part(unit_id, chr(10), 2),
    direction,
    observed,
    expected,
    low,
    high,
    score,
    q_value,
    baseline_periods
from found_shifts
where direction = 'rise'
order by starts_on, score desc, unit_id
