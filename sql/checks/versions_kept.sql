-- The record's own articles are all there: every document that gave an article has its row, and every version its article.
with problems as (
    select 'a version without its article' as problem, document_versions.article_id, document_versions.version
    from document_versions
    left join articles
        on articles.article_id = document_versions.article_id
        and articles.version = document_versions.version
    where document_versions.version is not null and articles.article_id is null
    union all
    select 'an article without its document' as problem, articles.article_id, articles.version
    from articles
    left join document_versions
        on document_versions.article_id = articles.article_id
        and document_versions.version = articles.version
        and document_versions.document_id = articles.document_id
    where document_versions.article_id is null
)

select problem, article_id, version
from problems
order by problem, article_id, version
