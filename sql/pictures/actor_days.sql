-- Given actors day by day; days on which an actor is not named have no row.
select actor_id as id, published_on, articles, independent_articles
from actor_daily
where published_on between $since and $until and list_contains($ids, actor_id)
order by actor_id, published_on
