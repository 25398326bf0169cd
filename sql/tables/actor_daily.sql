-- Who is covered, day by day: one row per publication day and actor named on it in at least one article.
-- Only current versions of tagged, dated articles count, and only mentions sure enough (see build_info.mention_confidence).
--
-- published_on: Day of publication.
-- actor_id: The actor (see actors; ids starting with local- are known by no list).
-- articles: Articles that name the actor.
-- independent_articles: The same with copies counted once: distinct reprint groups among that day's articles; not additive over days.
-- sources: Sources with such an article.
-- mentions: Times the actor is named in them.
-- quotes: Quotations in them whose speaker is the actor.
-- share: articles as a share of that day's tagged articles (the sum of day_totals.tagged), rounded to 6 places.
-- tone: Mean of mentions.tone over these mentions, rounded to 4 places; null where no such sentence says anything. See there for its limits.
create table actor_daily (
    published_on date not null,
    actor_id varchar not null,
    articles bigint not null,
    independent_articles bigint not null,
    sources bigint not null,
    mentions bigint not null,
    quotes bigint not null,
    share double not null,
    tone double
);
