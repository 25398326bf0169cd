-- Take out the noted actors that no list knows.
delete from actors
where origin = 'found' and actor_id in (select actor_id from work_found_actors)
