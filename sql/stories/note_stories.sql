-- Note the stories that have a part in the days to be grouped anew.
insert into work_stories (story_id)
select distinct story_id
from story_episodes
where published_on in (select published_on from work_story_days)
    and story_id not in (select story_id from work_stories)
