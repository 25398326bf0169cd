-- The publication days that were counted anew.
select published_on
from work_published_days
order by published_on
