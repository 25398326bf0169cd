-- Put in the episodes that were found; their stories are decided when all are there.
insert into story_episodes (episode_id, published_on, story_id, continues, similarity)
select episode_id, published_on, '' as story_id, continues, similarity
from found_episodes
order by published_on, episode_id
