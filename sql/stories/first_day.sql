-- The day before which no changed story has an article: each began on the day its row says (a lone article has no row), or
-- with an episode of $since or later.
select least(cast($since as date), min(started_on)) as first_on
from stories
where story_id in (select story_id from work_stories)
