-- Note the stories that lost or gained an episode.
insert into work_stories (story_id)
select story_id
from changed_stories
where story_id <> '' and story_id not in (select story_id from work_stories)
