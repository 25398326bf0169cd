-- Put in the facts of every version of the touched articles, from the files of the days on which they came.
-- Facts of documents that changed nothing stay in the record only.
insert into the_table (article_id, version, the_columns)
with filed as (
    select
        document_id, article_id, the_columns,
        cast(regexp_extract(filename, '([0-9]{4}-[0-9]{2}-[0-9]{2})/[^/]*$', 1) as date) as filed_on
    from read_parquet($files, filename = true, hive_partitioning = false)
)

select filed.article_id, work_versions.version, the_columns
from filed
inner join work_versions
    on work_versions.article_id = filed.article_id
    and work_versions.document_id = filed.document_id
    and work_versions.landed_on = filed.filed_on
where work_versions.version is not null
