-- Who is quoted saying what: one row per quotation. text[start_char + 1 : end_char] is the surface, for every row.
--
-- article_id: The article.
-- version: Its version.
-- landed_on: UTC landing day of that version, as in articles; the rows lie in this order, so a filter on it saves reading the others.
-- part: title or text.
-- start_char: First character of the quoted words, without the quotation marks.
-- end_char: End of the quoted words, exclusive.
-- surface: The quoted words.
-- kind: direct or indirect.
-- cue: The word that binds speaker and words (said, told, according to), or a colon; null where nothing but their place does.
-- speaker_actor_id: Who speaks; null where the speaker is no known actor.
-- speaker_surface: The words that name the speaker; null where none do.
-- rules_version: Hash of the rules in force.
create table quotes (
    article_id varchar not null,
    version integer not null,
    landed_on date not null,
    part varchar not null,
    start_char integer not null,
    end_char integer not null,
    surface varchar not null,
    kind varchar not null,
    cue varchar,
    speaker_actor_id varchar,
    speaker_surface varchar,
    rules_version varchar not null
);
