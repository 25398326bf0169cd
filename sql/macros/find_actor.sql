-- The actors that an id or any known name may mean, capitals, accents and punctuation aside; all of them where a name is shared.
-- Ids that were merged or promoted lead to the one that stands for them now. Example: from find_actor('Erdoğan')
--
-- actor_id: The actor.
-- name: Usual English name; for actors that no list knows as most articles write it.
-- actor_type: person, country, igo and so on.
-- country: ISO 3166-1 alpha-3 code of the country it belongs to.
create or replace macro find_actor(actor) as table
with asked as (
    select trim(actor) as id, trim(regexp_replace(translate(strip_accents(lower(actor)), 'ıøłđ', 'iold'), '[^\p{L}\p{N}]+', ' ', 'g')) as folded_name
),

known_names as (
    select actors.actor_id, actors.name from actors
    union all
    select actor_names.actor_id, actor_names.name from actor_names
    union all
    select found_daily.actor_id, found_daily.name from found_daily
),

found as (
    select actors.actor_id
    from actors
    inner join asked on actors.actor_id = asked.id
    union
    select known_names.actor_id
    from known_names
    inner join asked
        on trim(regexp_replace(translate(strip_accents(lower(known_names.name)), 'ıøłđ', 'iold'), '[^\p{L}\p{N}]+', ' ', 'g')) = asked.folded_name
    union
    select actor_links.new_actor_id as actor_id
    from actor_links
    inner join asked on actor_links.old_actor_id = asked.id
    where actor_links.new_actor_id is not null
)

select actors.actor_id, actors.name, actors.actor_type, actors.country
from found
inner join actors on actors.actor_id = found.actor_id
order by actors.actor_id
