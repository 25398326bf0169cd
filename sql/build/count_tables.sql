-- Tables for a block of publication days that is counted at once. Numbers stand for ids, since comparing them is what
-- counting costs.

-- The days.
create or replace temp table work_days (published_on date not null);

-- The articles that count on them. A shared group is a reprint group to which several of a day's articles belong; it is
-- null for the many articles that stand alone, which need no counting apart.
create or replace temp table work_day_articles (
    article_number integer not null,
    article_id varchar not null,
    version integer not null,
    landed_on date not null,
    published_on date not null,
    source_id varchar not null,
    reprint_group_id varchar,
    tagged boolean not null,
    shared_group integer
);

-- Who is named in them, and the mentions that count.
create or replace temp table work_day_named (actor_id varchar not null);
create or replace temp table work_day_actors (actor_number integer not null, actor_id varchar not null);
create or replace temp table work_day_mentions (
    article_number integer not null,
    actor_number integer not null,
    in_title boolean not null,
    sentence_start_char integer not null,
    tone_ten_thousandths integer
);

-- The same by article and actor.
create or replace temp table work_day_article_actors (
    article_number integer not null,
    published_on date not null,
    source_id varchar not null,
    shared_group integer,
    actor_number integer not null,
    mentions integer not null,
    in_title boolean not null,
    tone_ten_thousandths bigint,
    toned integer not null,
    quotes integer not null
);

-- What they are about.
create or replace temp table work_day_themes (
    article_number integer not null,
    published_on date not null,
    source_id varchar not null,
    shared_group integer,
    theme_id varchar not null
);
