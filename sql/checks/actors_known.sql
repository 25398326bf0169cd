-- Whoever is mentioned or quoted is in the authority, or has an id that says no list knows it.
with named as (
    select 'mentions' as table_name, actor_id, article_id
    from mentions
    where landed_on between $first_landed and $last_landed
    union all
    select 'quotes' as table_name, speaker_actor_id as actor_id, article_id
    from quotes
    where landed_on between $first_landed and $last_landed and speaker_actor_id is not null
)

select named.table_name, named.actor_id, count(*) as row_count, min(named.article_id) as article_id
from named
left join actors on actors.actor_id = named.actor_id
where actors.actor_id is null and not starts_with(named.actor_id, 'local-')
group by named.table_name, named.actor_id
order by named.table_name, named.actor_id
