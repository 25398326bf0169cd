-- Take the days to be grouped anew out of a table.
delete from the_table
where published_on in (select published_on from work_story_days)
