-- Number them in the order of their ids, so that the lesser number of a pair is the lesser id.
insert into work_day_actors (actor_number, actor_id)
with named as (
    select distinct actor_id
    from work_day_named
)

select cast(row_number() over (order by actor_id) as integer) as actor_number, actor_id
from named
order by actor_number
