-- Actors named in the articles of some landing days.
insert into work_day_named (actor_id)
select distinct actor_id
from mentions
where landed_on between cast($first as date) and cast($last as date)
