-- Documents as they came: one row per document and landing day, never changed after landing.
-- In the Parquet record each row also holds the bytes; the published file holds their count only.
--
-- document_id: Hash of source, locator and bytes; the same bytes from the same place have one id for ever.
-- source_id: The source in config/sources.yaml that gave the document; 'inbox' for files dropped in the inbox.
-- locator: Where in the source it stood: a path, a path and the row's id, or an item's address.
-- url: Address of the article as the source declared it; null where it declared none.
-- external_id: The source's own id of the article; null where it has none.
-- media_type: What the bytes are: text/html or text/plain.
-- bytes: The document as it came (record only; not in the published file).
-- byte_count: Number of bytes.
-- declared_title: Title that came with the document (column, feed item or sidecar); null where none did.
-- declared_published: Publication date or time that came with it, as it was written; null where none did.
-- declared_by: Who declared that date: 'declared' (column or sidecar) or 'feed' (feed item); null where nobody did.
-- declared_language: Language code that came with it; null where none did.
-- declared_author: Author that came with it; null where none did.
-- declared_section: Section that came with it; null where none did.
-- declared_charset: Character encoding that the server declared for it; null where none did.
-- lands_on: Which rule chose the landing day: fetched, published, captured or path.
-- landed_on: UTC day on which Dateline first had the document (its partition).
-- first_seen_at: UTC instant at which Dateline read these bytes for the first time.
-- batch_id: The landing batch that brought it.
create table landed_documents (
    document_id varchar not null,
    source_id varchar not null,
    locator varchar not null,
    url varchar,
    external_id varchar,
    media_type varchar not null,
    bytes blob not null,
    byte_count bigint not null,
    declared_title varchar,
    declared_published varchar,
    declared_by varchar,
    declared_language varchar,
    declared_author varchar,
    declared_section varchar,
    declared_charset varchar,
    lands_on varchar not null,
    landed_on date not null,
    first_seen_at timestamp not null,
    batch_id varchar not null
);
