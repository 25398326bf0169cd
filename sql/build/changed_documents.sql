-- Read what the article files of the changed days hold now. The hash is of hashes, so that no title can pass for a text.
insert into work_documents (
    article_id, document_id, landed_on, source_id, first_seen_at, published_at, published_on, content_sha256
)
select
    article_id,
    document_id,
    cast(regexp_extract(filename, '([0-9]{4}-[0-9]{2}-[0-9]{2})/[^/]*$', 1) as date) as landed_on,
    source_id,
    first_seen_at,
    published_at,
    published_on,
    sha256(concat_ws(' ', coalesce(sha256(title), '-'), sha256(text), coalesce(cast(published_on as varchar), '-')))
from read_parquet($files, filename = true, hive_partitioning = false)
order by landed_on, article_id, document_id
