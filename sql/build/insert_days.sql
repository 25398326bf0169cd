-- Note the publication days that are counted at once.
insert into work_days (published_on)
select unnest(cast($days as date[]))
