-- The record's own articles are all there: every document that gave an article has its row, and every version its article.
with documents as (
    select landed_on, article_id, version, document_id
    from document_versions
    where landed_on between $first_landed and $last_landed and version is not null
),

kept as (
    select landed_on, article_id, version, document_id
    from articles
    where landed_on between $first_landed and $last_landed
),

-- A version that both have adds up to nothing.
compared as (
    select landed_on, article_id, version, document_id, sum(found) as more_documents
    from (
        select 1 as found, landed_on, article_id, version, document_id from documents
        union all
        select -1 as found, landed_on, article_id, version, document_id from kept
    )
    group by landed_on, article_id, version, document_id
    having sum(found) <> 0
)

select
    case
        when more_documents > 0 then 'a version without its article' else 'an article without its document'
    end as problem,
    article_id,
    version
from compared
order by problem, article_id, version
