-- The pairs of actors in most articles; articles are additive over days, independent ones are not and left out.
select
    concat(
        coalesce(any_value(one.name), actor_pair_daily.actor_id),
        ' + ',
        coalesce(any_value(other.name), actor_pair_daily.other_actor_id)
    ) as label,
    cast(sum(actor_pair_daily.articles) as bigint) as articles,
    cast(sum(actor_pair_daily.same_sentence_articles) as bigint) as same_sentence_articles
from actor_pair_daily
left join actors as one on one.actor_id = actor_pair_daily.actor_id
left join actors as other on other.actor_id = actor_pair_daily.other_actor_id
group by actor_pair_daily.actor_id, actor_pair_daily.other_actor_id
order by articles desc, actor_pair_daily.actor_id, actor_pair_daily.other_actor_id
limit 15
