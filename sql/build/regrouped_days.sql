-- Landing days of the regrouped articles.
select distinct landed_on
from work_regrouped
order by landed_on
