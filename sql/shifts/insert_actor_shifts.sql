-- Put in the shifts that were found.
insert into actor_shifts (
    published_on, period, actor_id, direction, observed, expected, low, high, score, q_value, baseline_periods
)
select
    starts_on, $period, unit_id, direction, observed, expected, low, high, score, q_value, baseline_periods
from found_shifts
order by starts_on, score desc, unit_id
