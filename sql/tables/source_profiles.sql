-- What was learned about each source: lines that repeat from article to article, and so are furniture, and the damage that its texts show.
-- Learned only when the asset source_profiles is materialized, so that no result depends on the order of arrival. Cleaning
-- leaves these lines out, and believes a source to be machine-translated, or to lack spaces, of which a quarter of the articles show it.
--
-- source_id: The source.
-- kind: line (a line that repeats), machine_translated or broken (articles that show this by themselves), or a kind of damage as in article_repairs.
-- line: The line of text that repeats; null for the other kinds.
-- articles: Articles of the source in which it stood when it was learned.
-- share: These as a share of the articles of the source that were looked at.
-- profile_version: Hash of everything learned together; cleaning with another version gives other texts.
create table source_profiles (
    source_id varchar not null,
    kind varchar not null,
    line varchar,
    articles bigint not null,
    share double not null,
    profile_version varchar not null
);
