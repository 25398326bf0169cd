-- Put in every version of the touched articles that came between $first and $last, from the files of those days.
insert into articles (
    article_id, version, is_current, document_id, source_id, url, title, text, language, author, section,
    machine_translated, tagged, published_at, published_on, date_method, published_earliest, published_latest,
    date_conflict, landed_on, first_seen_at, word_count, text_sha256, reprint_group_id, is_lead
)
with filed as (
    select
        document_id, article_id, url, title, text, language, author, section, machine_translated, tagged, published_at,
        published_on, date_method, published_earliest, published_latest, date_conflict, first_seen_at, word_count,
        text_sha256, source_id,
        cast(regexp_extract(filename, '([0-9]{4}-[0-9]{2}-[0-9]{2})/[^/]*$', 1) as date) as filed_on
    from read_parquet($files, filename = true, hive_partitioning = false)
),

-- Of articles that have more than one.
newest as (
    select article_id, max(version) as version
    from work_versions
    where version > 1
    group by article_id
)

select
    filed.article_id,
    work_versions.version,
    work_versions.version = coalesce(newest.version, 1) as is_current,
    filed.document_id,
    filed.source_id,
    filed.url,
    filed.title,
    filed.text,
    filed.language,
    filed.author,
    filed.section,
    filed.machine_translated,
    filed.tagged,
    filed.published_at,
    filed.published_on,
    filed.date_method,
    filed.published_earliest,
    filed.published_latest,
    filed.date_conflict,
    filed.filed_on as landed_on,
    filed.first_seen_at,
    filed.word_count,
    filed.text_sha256,
    reprint_groups.reprint_group_id,
    reprint_groups.is_lead
from filed
inner join work_versions
    on work_versions.article_id = filed.article_id
    and work_versions.document_id = filed.document_id
    and work_versions.landed_on = filed.filed_on
left join newest on newest.article_id = filed.article_id
left join reprint_groups
    on reprint_groups.landed_on between cast($first as date) and cast($last as date)
    and reprint_groups.landed_on = work_versions.landed_on
    and reprint_groups.article_id = work_versions.article_id
    and reprint_groups.version = work_versions.version
where work_versions.version is not null
    and work_versions.landed_on between cast($first as date) and cast($last as date)
order by landed_on, filed.article_id, filed.document_id
