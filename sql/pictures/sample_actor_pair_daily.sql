-- The latest day's pairs of actors, by name.
select
    pairs.published_on as day,
    coalesce(one.name, pairs.actor_id) as actor,
    coalesce(other.name, pairs.other_actor_id) as "with",
    pairs.articles,
    pairs.sentences
from actor_pair_daily as pairs
left join actors as one on one.actor_id = pairs.actor_id
left join actors as other on other.actor_id = pairs.other_actor_id
where pairs.published_on between $since and $until
order by
    pairs.published_on desc, pairs.articles desc, pairs.sentences desc, pairs.actor_id, pairs.other_actor_id
limit 10
