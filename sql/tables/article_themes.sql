-- What each article is about: one row per article and theme whose score passes the threshold.
--
-- article_id: The article.
-- version: Its version.
-- landed_on: UTC landing day of that version, as in articles; the rows lie in this order, so a filter on it saves reading the others.
-- theme_id: The theme (see themes).
-- score: From 0 to 1: how decidedly the words of the article speak of the theme, for its length; rounded to 4 places.
-- rules_version: Hash of the rules in force.
create table article_themes (
    article_id varchar not null,
    version integer not null,
    landed_on date not null,
    theme_id varchar not null,
    score double not null,
    rules_version varchar not null
);
