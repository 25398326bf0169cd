-- Put in the documents of changed landing days, without their bytes: one row per document and day, as it was first seen.
insert into landed_documents (
    document_id, source_id, locator, url, external_id, media_type, byte_count, declared_title, declared_published,
    declared_by, declared_language, declared_author, declared_section, declared_charset, lands_on, landed_on, first_seen_at, batch_id
)
with filed as (
    select
        document_id, source_id, locator, url, external_id, media_type, byte_count, declared_title, declared_published,
        declared_by, declared_language, declared_author, declared_section, declared_charset, lands_on, first_seen_at, batch_id,
        cast(regexp_extract(filename, '([0-9]{4}-[0-9]{2}-[0-9]{2})/[^/]*$', 1) as date) as filed_on
    from read_parquet($files, filename = true, hive_partitioning = false)
)

select
    document_id, source_id, locator, url, external_id, media_type, byte_count, declared_title, declared_published,
    declared_by, declared_language, declared_author, declared_section, declared_charset, lands_on, filed_on as landed_on, first_seen_at,
    batch_id
from filed
qualify row_number() over (
    partition by filed_on, document_id
    order by first_seen_at, batch_id, source_id, locator
) = 1
order by landed_on, document_id
