-- Put in the noted actors that no list knows, each by the name that most of its days give it.
insert into actors (actor_id, name, actor_type, country, wikidata, plover, origin)
with named as (
    select actor_id, name, position(' ' in name) > 0 as is_full, sum(mentions) as mentions
    from found_daily
    where actor_id in (select actor_id from work_found_actors)
    group by actor_id, name
),

ranked as (
    select
        *,
        row_number() over (
            partition by actor_id
            order by is_full desc, mentions desc, length(name) desc, name
        ) as place
    from named
)

select
    actor_id,
    name,
    case when starts_with(actor_id, 'local-person:') then 'person' else 'other' end as actor_type,
    null as country,
    null as wikidata,
    null as plover,
    'found' as origin
from ranked
where place = 1
order by actor_id
