-- Landing days of which a file of the landing log changed.
insert into work_ledger_days (landed_on)
select unnest(cast($days as date[]))
