-- Put in the shifts that were found.
insert into the_table (
    published_on, period, the_unit, direction, observed, expected, low, high, score, q_value, baseline_periods
)
select
    starts_on, $period, unit_id, direction, observed, expected, low, high, score, q_value, baseline_periods
from found_shifts
order by starts_on, score desc, unit_id
