-- Note the actors that no list knows of some landing days: their names may change.
insert into work_found_actors (actor_id)
select distinct actor_id
from found_daily
where landed_on between cast($first as date) and cast($last as date)
