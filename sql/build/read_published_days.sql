-- The publication days to be counted anew.
select published_on
from work_published_days
order by published_on
