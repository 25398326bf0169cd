-- Episodes from $since on, in the order in which they continue each other.
select episode_id, continues, story_id
from story_episodes
where published_on >= $since
order by published_on, episode_id
