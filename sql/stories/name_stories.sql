-- Write into a table which story each changed episode belongs to.
update the_table
set story_id = changed_episodes.story_id
from changed_episodes
where changed_episodes.episode_id = the_table.episode_id
