-- The largest stories that run in these days.
select label, started_on, ended_on, articles, independent_articles, sources, leading_actors
from story_overview
where ended_on >= $since and started_on <= $until
order by independent_articles desc, started_on, story_id
limit 15
