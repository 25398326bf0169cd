-- Write into a table which story each changed episode belongs to; all are of $since or later.
update the_table
set story_id = changed_episodes.story_id
from changed_episodes
where the_table.published_on >= $since and changed_episodes.episode_id = the_table.episode_id
