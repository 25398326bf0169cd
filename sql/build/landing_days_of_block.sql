-- Landing days of the articles that count on the publication days.
select distinct landed_on
from work_day_articles
order by landed_on
