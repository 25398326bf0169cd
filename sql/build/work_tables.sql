-- Tables of the connection that brings the candidate up to date; gone when it closes.

-- Landing days of which a fact file was added, changed or removed.
create temp table work_changed_days (landed_on date not null);

-- Documents that the article files of those days hold now.
create temp table work_documents (
    article_id varchar not null,
    document_id varchar not null,
    landed_on date not null,
    source_id varchar not null,
    first_seen_at timestamp not null,
    published_at timestamp,
    published_on date,
    content_sha256 varchar not null
);

-- Reprint groups as the record has them now.
create temp table work_reprints (
    article_id varchar not null,
    version integer not null,
    reprint_group_id varchar not null,
    is_lead boolean not null,
    linked_to varchar,
    containment double,
    reason varchar not null
);

-- Articles to be taken out and put in again.
create temp table work_articles (article_id varchar not null);

-- Documents of those articles with their versions counted anew.
create temp table work_versions (
    article_id varchar not null,
    document_id varchar not null,
    landed_on date not null,
    source_id varchar not null,
    version integer,
    first_seen_at timestamp not null,
    published_at timestamp,
    published_on date,
    content_sha256 varchar not null
);

-- Publication days to be counted anew, and the articles that count on them.
create temp table work_published_days (published_on date not null);
create temp table work_day_articles (
    article_number bigint not null,
    article_id varchar not null,
    version integer not null,
    published_on date not null,
    source_id varchar not null,
    tagged boolean not null,
    group_number bigint
);

-- Mentions that count on them. Numbers stand for ids, since comparing them is what counting pairs costs.
create temp table work_day_actors (actor_number integer not null, actor_id varchar not null);
create temp table work_day_mentions (
    article_number bigint not null,
    published_on date not null,
    source_id varchar not null,
    group_number bigint,
    actor_number integer not null,
    in_title boolean not null,
    sentence_start_char integer not null
);

-- Landing days on which the ledger may have changed, and the rows of the ledger to be made anew.
create temp table work_ledger_days (landed_on date not null);
create temp table work_ledger (source_id varchar not null, landed_on date not null);
create temp table work_source_spans (source_id varchar not null, first_on date not null);

-- Periods (by their first day) whose shifts are looked for anew.
create temp table work_shift_periods (starts_on date not null);
