-- Who is covered with whom, day by day: one row per publication day and pair of actors named in the same article.
-- Each pair stands once, the lesser actor_id first. The same articles and mentions count as in actor_daily.
--
-- published_on: Day of publication.
-- actor_id: The actor whose id sorts first.
-- other_actor_id: The other actor.
-- articles: Articles that name both.
-- independent_articles: The same with copies counted once: distinct reprint groups among that day's articles; not additive over days.
-- sentences: Sentences that name both.
-- same_sentence_articles: Articles with at least one such sentence.
create table actor_pair_daily (
    published_on date not null,
    actor_id varchar not null,
    other_actor_id varchar not null,
    articles bigint not null,
    independent_articles bigint not null,
    sentences bigint not null,
    same_sentence_articles bigint not null
);
