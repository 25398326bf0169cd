-- Put in what could not be read on changed landing days: one row per document and day, as it was first seen.
insert into rejected_documents (document_id, source_id, locator, reason, detail, landed_on, first_seen_at)
with filed as (
    select
        document_id, source_id, locator, reason, detail, first_seen_at,
        cast(regexp_extract(filename, '([0-9]{4}-[0-9]{2}-[0-9]{2})/[^/]*$', 1) as date) as filed_on
    from read_parquet($files, filename = true, hive_partitioning = false)
)

select document_id, source_id, locator, reason, detail, filed_on as landed_on, first_seen_at
from filed
qualify row_number() over (
    partition by filed_on, document_id
    order by first_seen_at, source_id, locator, reason, detail
) = 1
order by landed_on, document_id
