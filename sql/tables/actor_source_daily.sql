-- Who is covered by whom, day by day: one row per publication day, source and actor. The same articles and mentions count
-- as in actor_daily.
--
-- published_on: Day of publication.
-- source_id: The source.
-- actor_id: The actor.
-- articles: Articles of the source that name the actor.
-- independent_articles: Those of them that are that day's first article of their reprint group to name the actor; summed over sources they give actor_daily.independent_articles.
create table actor_source_daily (
    published_on date not null,
    source_id varchar not null,
    actor_id varchar not null,
    articles bigint not null,
    independent_articles bigint not null
);
