-- The touched articles' documents of some landing days as they were counted before.
insert into work_before (
    article_id, document_id, landed_on, source_id, version, first_seen_at, published_at, published_on, content_sha256
)
select article_id, document_id, landed_on, source_id, version, first_seen_at, published_at, published_on, content_sha256
from document_versions
where landed_on between cast($first as date) and cast($last as date)
    and article_id in (select article_id from work_articles)
