-- The actors in most articles between two days.
with counted as (
    select
        mentions.actor_id,
        count(distinct articles.article_id) as articles,
        count(distinct articles.reprint_group_id) as independent_articles,
        count(*) as mentions
    from mentions
    inner join articles on articles.article_id = mentions.article_id and articles.version = mentions.version
    where articles.is_current
        and articles.tagged
        and articles.published_on between $since and $until
        and mentions.confidence >= $mention_confidence
    group by mentions.actor_id
)

select
    actors.name,
    actors.actor_type,
    counted.articles,
    counted.independent_articles,
    counted.mentions
from counted
left join actors on actors.actor_id = counted.actor_id
order by counted.articles desc, counted.mentions desc, counted.actor_id
limit 15
