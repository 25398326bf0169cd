-- The pairs of actors in most articles from one day to another, by their articles in one sentence where they tie.
select
    pairs.actor_id,
    pairs.other_actor_id,
    coalesce(any_value(one.name), pairs.actor_id) as name,
    coalesce(any_value(other.name), pairs.other_actor_id) as other_name,
    cast(sum(pairs.articles) as bigint) as articles,
    cast(sum(pairs.same_sentence_articles) as bigint) as same_sentence_articles
from actor_pair_daily as pairs
left join actors as one on one.actor_id = pairs.actor_id
left join actors as other on other.actor_id = pairs.other_actor_id
where pairs.published_on between $since and $until
group by pairs.actor_id, pairs.other_actor_id
order by articles desc, same_sentence_articles desc, pairs.actor_id, pairs.other_actor_id
limit $n
