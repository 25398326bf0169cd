-- Put in the shifts that were found; pairs were chosen by a rise, so only rises were tested.
insert into pair_shifts (
    published_on, period, actor_id, other_actor_id, direction, observed, expected, low, high, score, q_value,
    baseline_periods
)
select
    found_shifts.starts_on,
    $period,
    work_shift_units.unit_id as actor_id,
    work_shift_units.other_unit_id as other_actor_id,
    found_shifts.direction,
    found_shifts.observed,
    found_shifts.expected,
    found_shifts.low,
    found_shifts.high,
    found_shifts.score,
    found_shifts.q_value,
    found_shifts.baseline_periods
from found_shifts
inner join work_shift_units on work_shift_units.unit_number = found_shifts.unit
where found_shifts.direction = 'rise'
order by found_shifts.starts_on, found_shifts.score desc, found_shifts.unit
