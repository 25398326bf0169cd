-- The denominators: one row per publication day and source that published on it. Only current versions of dated articles count.
--
-- published_on: Day of publication.
-- source_id: The source.
-- articles: Its articles of that day.
-- tagged: Those in a language that has a tagger; shares are of these.
-- independent_articles: Articles with copies counted once: distinct reprint groups among them; not additive over days or sources.
create table day_totals (
    published_on date not null,
    source_id varchar not null,
    articles bigint not null,
    tagged bigint not null,
    independent_articles bigint not null
);
