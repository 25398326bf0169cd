-- Note the landing days of which a fact file changed.
insert into work_changed_days (landed_on)
select unnest(cast($days as date[]))
