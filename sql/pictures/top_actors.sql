-- The actors in most articles, with and without copies.
select name as label, articles, independent_articles
from top_actors(n := 15)
order by place
