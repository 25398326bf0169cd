-- Who is in the articles of the last days, those first that name an actor most.
select
    article_actors.published_on,
    article_actors.source_id as source,
    coalesce(actors.name, article_actors.actor_id) as actor,
    article_actors.mentions,
    article_actors.in_title,
    article_actors.quotes,
    article_actors.tone
from article_actors
left join actors on actors.actor_id = article_actors.actor_id
where article_actors.published_on between $since and $until
order by article_actors.published_on desc, article_actors.mentions desc, article_actors.article_id, article_actors.actor_id
limit 10
