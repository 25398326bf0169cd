-- Every actor that Dateline knows by name: the authority, and those found in the news that no list knows (origin found).
--
-- actor_id: Stable id: country:AZE, person:ilham-aliyev, org:osce-minsk-group.
-- name: Usual English name; for those found, as most articles write it.
-- actor_type: person, country, territory, region, igo, government_body, company, media, ngo, armed_group, party, religious_body or other.
-- country: ISO 3166-1 alpha-3 code of the country it belongs to; null where none.
-- wikidata: Wikidata Q-id where known.
-- plover: PLOVER/CAMEO actor code where known.
-- origin: Where the row comes from; found where no list knows the actor.
create table actors (
    actor_id varchar not null,
    name varchar not null,
    actor_type varchar not null,
    country varchar,
    wikidata varchar,
    plover varchar,
    origin varchar not null
);
