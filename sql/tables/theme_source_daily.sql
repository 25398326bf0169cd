-- What is covered by whom, day by day: one row per publication day, source and theme. The same articles count as in theme_daily.
--
-- published_on: Day of publication.
-- source_id: The source.
-- theme_id: The theme.
-- articles: Articles of the source that are about the theme.
-- independent_articles: Those of them that are that day's first article of their reprint group about the theme; summed over sources they give theme_daily.independent_articles.
create table theme_source_daily (
    published_on date not null,
    source_id varchar not null,
    theme_id varchar not null,
    articles bigint not null,
    independent_articles bigint not null
);
