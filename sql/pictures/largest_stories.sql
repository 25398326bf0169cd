-- The stories of most articles that had one from one day to another.
select coalesce(label, story_id) as label, articles, independent_articles
from stories
where ended_on between $since and $until
order by articles desc, independent_articles desc, story_id
limit 15
