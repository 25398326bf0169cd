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

-- Articles to be taken out and put in again: those that had or have a document on a changed day.
create temp table work_articles (article_id varchar not null);

-- Documents of those articles with their versions, as they were and as they are counted anew.
create temp table work_before (
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
create temp table work_versions as from work_before;

-- Documents among them that are not simply the first version of their article: most are.
create temp table work_odd_documents (document_id varchar not null, landed_on date not null, version integer);

-- Reprint groups of the landing days whose groups changed, as they were, and the articles that stand elsewhere now.
create temp table work_groups_before (
    article_id varchar not null,
    version integer not null,
    landed_on date not null,
    reprint_group_id varchar not null,
    is_lead boolean not null,
    linked_to varchar,
    containment double,
    reason varchar not null
);
create temp table work_regrouped (
    article_id varchar not null,
    version integer not null,
    landed_on date not null,
    reprint_group_id varchar,
    is_lead boolean
);

-- Publication days to be counted anew.
create temp table work_published_days (published_on date not null);

-- Landing days on which the ledger may have changed, and the rows of the ledger to be made anew.
create temp table work_ledger_days (landed_on date not null);
create temp table work_ledger (source_id varchar not null, landed_on date not null);
create temp table work_source_spans (source_id varchar not null, first_on date not null);

-- Periods (by their first day) whose shifts are looked for anew.
create temp table work_shift_periods (starts_on date not null);

-- What may have shifted in them, numbered: an actor or a theme, or a pair of actors.
create temp table work_shift_units (unit_number integer not null, unit_id varchar not null, other_unit_id varchar);

-- Publication days whose articles are grouped into stories anew, and the stories that have a part in them.
create temp table work_story_days (published_on date not null);
create temp table work_stories (story_id varchar not null);

-- Actors that no list knows whose names may have changed.
create temp table work_found_actors (actor_id varchar not null);
