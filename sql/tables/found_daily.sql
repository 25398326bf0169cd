-- Who was found that no list knows: one row per landing day and local id, with the name as that day's articles write it most.
-- From these come the rows of actors whose origin is found.
--
-- landed_on: UTC landing day.
-- actor_id: Local id (local-person:..., local-org:...).
-- name: The words that name the actor most often on that day, short names aside where there is a full one.
-- mentions: How often those words do.
create table found_daily (
    landed_on date not null,
    actor_id varchar not null,
    name varchar not null,
    mentions bigint not null
);
