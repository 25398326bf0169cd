-- Landing days tagged under other rules than the newest landing day: counts across them mix two sets of rules.
-- Remedy: run these days again.
with present as (
    select rules_daily.rules_version
    from rules_daily
    where rules_daily.landed_on = (select max(latest.landed_on) from rules_daily as latest)
)

select rules_daily.landed_on, rules_daily.rules_version
from rules_daily
where rules_daily.rules_version not in (select present.rules_version from present)
order by rules_daily.landed_on, rules_daily.rules_version
