-- Name the actors that no list knows as the articles of some landing days write them.
insert into found_daily (landed_on, actor_id, name, mentions)
with named as (
    select landed_on, actor_id, surface as name, position(' ' in surface) > 0 as is_full, count(*) as mentions
    from mentions
    where landed_on between cast($first as date) and cast($last as date) and starts_with(actor_id, 'local-')
    group by landed_on, actor_id, surface
),

ranked as (
    select
        *,
        row_number() over (
            partition by landed_on, actor_id
            order by is_full desc, mentions desc, length(name) desc, name
        ) as place
    from named
)

select landed_on, actor_id, name, mentions
from ranked
where place = 1
order by landed_on, actor_id
