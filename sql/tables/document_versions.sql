-- Which landed document gave which version of its article: one row per document and landing day that gave an article.
-- Documents are ordered within their article by landed_on, first_seen_at, published_at and document_id; a version begins
-- where title, text or day of publication differ from the document before.
--
-- article_id: The article.
-- document_id: The landed document.
-- landed_on: UTC landing day on which it came.
-- source_id: The source that gave it.
-- version: The version that begins with this document; null for a document that changed nothing.
-- first_seen_at: UTC instant at which Dateline first had the document.
-- published_at: UTC instant of publication as this document tells it; null where unknown.
-- published_on: Day of publication as this document tells it; null where unknown.
-- content_sha256: Hash of title, text and day of publication, by which documents are compared.
create table document_versions (
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
