-- The latest stories.
select started_on as "from", ended_on as "to", label as story, articles, independent_articles as "no copies", sources
from stories
where ended_on between $since and $until
order by ended_on desc, articles desc, story_id
limit 10
