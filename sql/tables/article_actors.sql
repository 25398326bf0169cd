-- Who is in which article: one row per article that counts and actor named in it. All other counts by actor are of these
-- rows; use them for periods, where independent articles of single days must not be added.
-- Only current versions of tagged, dated articles count, and only mentions sure enough (see build_info.mention_confidence).
--
-- published_on: Day of publication.
-- article_id: The article (its current version).
-- source_id: The source that published it.
-- reprint_group_id: Articles that share it are copies of one text.
-- actor_id: The actor (see actors; ids starting with local- are known by no list).
-- mentions: Times the article names the actor.
-- in_title: True where its title does.
-- quotes: Quotations in it whose speaker is the actor.
-- tone: Mean of mentions.tone over these mentions, rounded to 4 places; null where no such sentence says anything. See there for its limits.
create table article_actors (
    published_on date not null,
    article_id varchar not null,
    source_id varchar not null,
    reprint_group_id varchar,
    actor_id varchar not null,
    mentions integer not null,
    in_title boolean not null,
    quotes integer not null,
    tone double
);
