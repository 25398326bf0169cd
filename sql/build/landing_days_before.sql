-- Landing days on which the touched articles have had rows.
select distinct landed_on
from work_before
order by landed_on
