-- Landing days on which the versions of the touched articles came.
select distinct landed_on
from work_versions
where version is not null
order by landed_on
