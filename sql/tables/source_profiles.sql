-- What was learned about each source: the lines that stand in many of its articles and so are furniture, not news.
-- Learned only when the asset source_profiles is materialized, so that no result depends on the order of arrival.
--
-- source_id: The source.
-- line: The line of text that repeats.
-- articles: Articles of the source in which it stood when it was learned.
-- share: These as a share of the source's articles.
-- profile_version: Hash of everything learned together; cleaning with another version gives other texts.
create table source_profiles (
    source_id varchar not null,
    line varchar not null,
    articles bigint not null,
    share double not null,
    profile_version varchar not null
);
