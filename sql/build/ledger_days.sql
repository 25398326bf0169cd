-- Landing days on which the ledger may have changed: those of changed landings, and those of the touched articles.
insert into work_ledger_days (landed_on)
with days as (
    select unnest(cast($days as date[])) as landed_on
    union
    select landed_on from work_before
    union
    select landed_on from work_versions
)

select landed_on
from days
order by landed_on
