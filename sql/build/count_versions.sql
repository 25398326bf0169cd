-- Count the versions of the touched articles anew, from all their documents.
insert into work_versions (
    article_id, document_id, landed_on, source_id, version, first_seen_at, published_at, published_on, content_sha256
)
with documents as (
    select article_id, document_id, landed_on, source_id, first_seen_at, published_at, published_on, content_sha256
    from work_documents
    union all
    select article_id, document_id, landed_on, source_id, first_seen_at, published_at, published_on, content_sha256
    from work_before
    where landed_on not in (select landed_on from work_changed_days)
),

compared as (
    select
        *,
        content_sha256 is distinct from lag(content_sha256) over (
            partition by article_id
            order by landed_on, first_seen_at, published_at nulls last, document_id
        ) as begins_version
    from documents
)

select
    article_id,
    document_id,
    landed_on,
    source_id,
    case
        when begins_version then cast(sum(cast(begins_version as integer)) over (
            partition by article_id
            order by landed_on, first_seen_at, published_at nulls last, document_id
            rows between unbounded preceding and current row
        ) as integer)
    end as version,
    first_seen_at,
    published_at,
    published_on,
    content_sha256
from compared
order by landed_on, article_id, document_id
