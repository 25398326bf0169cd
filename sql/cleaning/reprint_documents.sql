-- Read what grouping needs of every document that gave an article; without its text, which few need.
select
    article_id,
    document_id,
    source_id,
    cast(regexp_extract(filename, '([0-9]{4}-[0-9]{2}-[0-9]{2})/[^/]*$', 1) as date) as landed_on,
    first_seen_at,
    published_at,
    published_on,
    word_count,
    text_sha256,
    case when title is not null then hash(lower(title)) end as title_hash
from read_parquet($files, filename = true, hive_partitioning = false)
order by landed_on
