-- What could not be read, and why: one row per document that gave no article.
-- Rejections at landing (a row without text, a file too large) and in cleaning (a page without prose) stand side by side.
--
-- document_id: Hash of source, locator and bytes (of what could be read of them).
-- source_id: The source that gave the document.
-- locator: Where in the source it stood.
-- reason: One word for counting: empty, too_large, unreadable, not_text, no_text, not_fetched, before_first_day, missing_column, bad_sidecar, failed, taken_down.
-- detail: A sentence for a person: what was found and what would have been right.
-- landed_on: UTC day under which the rejection is filed.
-- first_seen_at: UTC instant at which it was first seen.
create table rejected_documents (
    document_id varchar not null,
    source_id varchar not null,
    locator varchar not null,
    reason varchar not null,
    detail varchar not null,
    landed_on date not null,
    first_seen_at timestamp not null
);
