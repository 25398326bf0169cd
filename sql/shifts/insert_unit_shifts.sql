-- Put in the shifts that were found.
insert into the_table (
    published_on, period, the_unit, direction, observed, expected, low, high, score, q_value, baseline_periods
)
select
    found_shifts.starts_on,
    $period,
    work_shift_units.unit_id,
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
order by found_shifts.starts_on, found_shifts.score desc, found_shifts.unit
