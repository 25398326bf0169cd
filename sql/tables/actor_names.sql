-- The words by which actors are found in texts: one row per actor and name.
--
-- actor_id: The actor.
-- name: The name, as it is written.
-- language: ISO 639-1 code of the language the name belongs to; null where any.
-- name_kind: official, short, demonym, adjective, acronym, transliteration or metonym.
-- valid_from: First day on which the name was in use; null where unbounded.
-- valid_to: Day from which it no longer was; null where it still is.
create table actor_names (
    actor_id varchar not null,
    name varchar not null,
    language varchar,
    name_kind varchar not null,
    valid_from date,
    valid_to date
);
