-- Hash title, text and day of publication of the articles that have several documents.
create temp table contents as
with contested as (
    select article_id
    from documents
    group by article_id
    having count(*) > 1
)

select
    article_id,
    document_id,
    cast(regexp_extract(filename, '([0-9]{4}-[0-9]{2}-[0-9]{2})/[^/]*$', 1) as date) as landed_on,
    sha256(
        concat_ws(' ', coalesce(sha256(title), '-'), sha256(text), coalesce(cast(published_on as varchar), '-'))
    ) as content_sha256
from read_parquet($files, filename = true, hive_partitioning = false)
where article_id in (select article_id from contested)
