-- Take the changed stories out of a table.
delete from the_table
where story_id in (select story_id from work_stories)
