-- The actors that an id or any known name may mean, capitals, accents and punctuation aside; all of them where a name is shared.
-- Ids that were merged or promoted lead to the one that stands for them now. Example: from find_actor('Erdoğan')
--
-- actor_id: The actor.
-- name: Usual English name; the id for actors that no list knows.
-- actor_type: person, country, igo and so on; null for actors that no list knows.
-- country: ISO 3166-1 alpha-3 code of the country it belongs to.
create or replace macro find_actor(actor) as table
with asked as (
    select trim(regexp_replace(translate(strip_accents(lower(actor)), 'ıøłđ', 'iold'), '[^\p{L}\p{N}]+', ' ', 'g')) as folded_name
),

found as (
    select actors.actor_id
    from actors
    cross join asked
    where actors.actor_id = trim(actor)
        or trim(regexp_replace(translate(strip_accents(lower(actors.name)), 'ıøłđ', 'iold'), '[^\p{L}\p{N}]+', ' ', 'g')) = asked.folded_name
    union
    select actor_names.actor_id
    from actor_names
    cross join asked
    where trim(regexp_replace(translate(strip_accents(lower(actor_names.name)), 'ıøłđ', 'iold'), '[^\p{L}\p{N}]+', ' ', 'g')) = asked.folded_name
    union
    select actor_links.new_actor_id as actor_id
    from actor_links
    where actor_links.old_actor_id = trim(actor) and actor_links.new_actor_id is not null
    union
    select actor_daily.actor_id
    from actor_daily
    where actor_daily.actor_id = trim(actor)
)

select
    found.actor_id,
    coalesce(actors.name, found.actor_id) as name,
    actors.actor_type,
    actors.country
from found
left join actors on actors.actor_id = found.actor_id
order by found.actor_id
