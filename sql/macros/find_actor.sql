-- The actors that an id or any known name may mean, capitals and accents aside; all of them where a name is shared.
-- Example: from find_actor('Erdoğan')
--
-- actor_id: The actor.
-- name: Usual English name; the id for actors that no list knows.
-- actor_type: person, country, igo and so on; null for actors that no list knows.
-- country: ISO 3166-1 alpha-3 code of the country it belongs to.
create or replace macro find_actor(actor) as table
with found as (
    select actors.actor_id
    from actors
    where actors.actor_id = actor or strip_accents(lower(actors.name)) = strip_accents(lower(trim(actor)))
    union
    select actor_names.actor_id
    from actor_names
    where strip_accents(lower(actor_names.name)) = strip_accents(lower(trim(actor)))
    union
    select actor_links.new_actor_id as actor_id
    from actor_links
    where actor_links.old_actor_id = actor and actor_links.new_actor_id is not null
    union
    select actor_daily.actor_id
    from actor_daily
    where actor_daily.actor_id = actor
)

select
    found.actor_id,
    coalesce(actors.name, found.actor_id) as name,
    actors.actor_type,
    actors.country
from found
left join actors on actors.actor_id = found.actor_id
order by found.actor_id
