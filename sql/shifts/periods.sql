-- The periods asked.
select starts_on
from work_shift_periods
order by starts_on
