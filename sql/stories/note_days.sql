-- Note the days to be grouped anew, and the changed ones that have no news any more.
insert into work_story_days (published_on)
select unnest(cast($days as date[]))
union
select published_on from work_published_days
