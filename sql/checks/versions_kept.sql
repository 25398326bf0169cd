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

problems as (
    select 'a version without its article' as problem, article_id, version
    from (select landed_on, article_id, version, document_id from documents except all select * from kept)
    union all
    select 'an article without its document' as problem, article_id, version
    from (select landed_on, article_id, version, document_id from kept except all select * from documents)
)

select problem, article_id, version
from problems
order by problem, article_id, version
