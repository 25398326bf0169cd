-- Note every actor that no list knows: the actors were put in anew.
insert into work_found_actors (actor_id)
select distinct actor_id
from found_daily
