-- Put in the versions as they were counted anew.
insert into document_versions (
    article_id, document_id, landed_on, source_id, version, first_seen_at, published_at, published_on, content_sha256
)
select article_id, document_id, landed_on, source_id, version, first_seen_at, published_at, published_on, content_sha256
from work_versions
order by landed_on, article_id, document_id
