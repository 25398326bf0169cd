-- The words that speak for a theme: one row per term found. text[start_char + 1 : end_char] is the surface, for every row.
--
-- article_id: The article.
-- version: Its version.
-- landed_on: UTC landing day of that version, as in articles; the rows lie in this order, so a filter on it saves reading the others.
-- part: title or text.
-- theme_id: The theme.
-- start_char: First character of the term.
-- end_char: End of the term, exclusive.
-- surface: The words themselves.
-- weight: What the term counts for in the score (config/themes.yaml).
-- rules_version: Hash of the rules in force.
create table theme_evidence (
    article_id varchar not null,
    version integer not null,
    landed_on date not null,
    part varchar not null,
    theme_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    surface varchar not null,
    weight double not null,
    rules_version varchar not null
);
