-- The ledger of what arrived: one row per source and landing day, from the day the source first gave something
-- to the last landing day on record, zeros included. It tells a silent source from a failed one.
--
-- landed_on: UTC landing day.
-- source_id: The source.
-- expected: What the source's own rhythm leads to expect: the mean of landed over the 28 days before, drawn to that of the same weekday; days on which a fetch failed do not count; rounded to 2 places; null with fewer than 7 days before.
-- fetched: Distinct documents that the source gave: landed or rejected.
-- landed: Distinct documents that landed.
-- rejected: Distinct documents that could not be read, at landing or in cleaning.
-- undated: Landed documents whose article has no day of publication.
-- duplicate: Landed documents that brought no new version of their article.
-- gap: True where nothing landed though 3 or more documents were expected (by chance that happens on fewer than one such day in 20), or where the day's last fetch failed.
-- outcome: How the day's last fetch ended: ok, not_modified or failed; null where nothing was fetched.
-- detail: What went wrong in it, in a sentence; null where nothing did.
create table source_daily (
    landed_on date not null,
    source_id varchar not null,
    expected double,
    fetched bigint not null,
    landed bigint not null,
    rejected bigint not null,
    undated bigint not null,
    duplicate bigint not null,
    gap boolean not null,
    outcome varchar,
    detail varchar
);
