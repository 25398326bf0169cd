-- The sources that config/sources.yaml names, and the inbox.
--
-- source_id: Id of the source.
-- name: Name for people.
-- kind: files, table, warc, feed, sitemap or inbox.
-- domain: Web domain of the outlet; null where unknown.
-- country: ISO 3166-1 alpha-3 code of the outlet's country; null where unknown.
-- language: ISO 639-1 code of the language in which it usually writes; null where unknown.
-- timezone: IANA time zone of the outlet, in which its days are counted; null where unknown (then UTC).
-- machine_translated: true, false or auto (told from each text).
-- description: A sentence about the source; null where none is given.
create table sources (
    source_id varchar not null,
    name varchar not null,
    kind varchar not null,
    domain varchar,
    country varchar,
    language varchar,
    timezone varchar,
    machine_translated varchar not null,
    description varchar
);
