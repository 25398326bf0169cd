-- The landing log: one row per attempt to read a source that had something to tell (documents, rejections or a failure).
--
-- source_id: The source that was read.
-- batch_id: The landing batch of the attempt.
-- outcome: ok, not_modified or failed.
-- detail: What went wrong, in a sentence; null where nothing did.
-- offered: Documents that the source offered in this attempt for this landing day.
-- landed: Documents that were new and were landed.
-- rejected: Documents that could not be landed.
-- landed_on: UTC landing day of the attempt.
-- fetched_at: UTC instant of the attempt.
create table source_fetches (
    source_id varchar not null,
    batch_id varchar not null,
    outcome varchar not null,
    detail varchar,
    offered bigint not null,
    landed bigint not null,
    rejected bigint not null,
    landed_on date not null,
    fetched_at timestamp not null
);
