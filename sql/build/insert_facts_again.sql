-- Put in the facts of the touched articles from the files of landing days that did not change.
insert into the_table (article_id, version, landed_on, the_columns)
with filed as (
    select
        article_id, the_columns,
        document_id as filed_document,
        cast(regexp_extract(filename, '([0-9]{4}-[0-9]{2}-[0-9]{2})/[^/]*$', 1) as date) as filed_on
    from read_parquet($files, filename = true, hive_partitioning = false)
    where article_id in (select article_id from work_articles)
)

select filed.article_id, coalesce(odd.version, 1) as version, filed.filed_on as landed_on, the_columns
from filed
left join work_odd_documents as odd on odd.document_id = filed.filed_document and odd.landed_on = filed.filed_on
where odd.document_id is null or odd.version is not null
