-- What the news is about, day by day: one row per publication day and theme of at least one article.
-- Only current versions of tagged, dated articles count.
--
-- published_on: Day of publication.
-- theme_id: The theme (see themes).
-- articles: Articles about the theme.
-- independent_articles: The same with copies counted once: distinct reprint groups among that day's articles; not additive over days.
-- sources: Sources with such an article.
-- share: articles as a share of that day's tagged articles (the sum of day_totals.tagged), rounded to 6 places.
create table theme_daily (
    published_on date not null,
    theme_id varchar not null,
    articles bigint not null,
    independent_articles bigint not null,
    sources bigint not null,
    share double not null
);
