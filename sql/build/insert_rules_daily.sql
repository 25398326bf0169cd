-- Count under which rules the mentions of some landing days were made.
insert into rules_daily (landed_on, rules_version, mentions)
select landed_on, rules_version, count(*) as mentions
from mentions
where landed_on between cast($first as date) and cast($last as date)
group by landed_on, rules_version
order by landed_on, rules_version
