-- The actors in most articles, with and without copies.
select actor_id as id, name as label, articles, independent_articles
from top_actors(since := $since, until := $until, n := 15)
order by place
