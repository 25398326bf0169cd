-- Who is covered on what, day by day: one row per publication day, actor and theme that share at least one article.
-- The same articles and mentions count as in actor_daily and theme_daily.
--
-- published_on: Day of publication.
-- actor_id: The actor.
-- theme_id: The theme.
-- articles: Articles that name the actor and are about the theme.
-- independent_articles: The same with copies counted once: distinct reprint groups among that day's articles; not additive over days.
create table actor_theme_daily (
    published_on date not null,
    actor_id varchar not null,
    theme_id varchar not null,
    articles bigint not null,
    independent_articles bigint not null
);
