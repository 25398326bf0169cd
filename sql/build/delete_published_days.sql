-- Take the publication days to be counted anew out of a coverage table.
delete from the_table
where published_on in (select published_on from work_published_days)
