-- The articles as they were known at an earlier moment (UTC): of each, the version that its documents first seen until then
-- tell, under the present rules. A document that comes later changes nothing here.
-- Example: from articles_as_of(timestamp '2027-01-01 12:00:00') where published_on = date '2022-03-16'
--
-- article_id: The article.
-- version: The version that was the current one then.
-- first_seen_at: When the last document that tells of it was first seen.
-- source_id: The source.
-- published_on: Day of publication, as known then; null where there was no evidence.
-- title: Headline, as known then.
-- tagged: False where the text's language has no tagger yet.
-- landed_on: UTC landing day of the version.
-- text_sha256: Equal for verbatim copies.
create or replace macro articles_as_of(moment) as table
with told as (
    -- A document that changed nothing tells the version before it. That it is counted over all documents, later ones
    -- included, is sound: it only names the text, and these documents hold the same.
    select
        document_versions.article_id,
        document_versions.first_seen_at,
        max(document_versions.version) over (
            partition by document_versions.article_id
            order by
                document_versions.landed_on, document_versions.first_seen_at,
                document_versions.published_at nulls last, document_versions.document_id
            rows between unbounded preceding and current row
        ) as version
    from document_versions
),

known as (
    select told.article_id, max(told.version) as version, max(told.first_seen_at) as first_seen_at
    from told
    where told.first_seen_at <= cast(moment as timestamp)
    group by told.article_id
)

select
    articles.article_id,
    articles.version,
    known.first_seen_at,
    articles.source_id,
    articles.published_on,
    articles.title,
    articles.tagged,
    articles.landed_on,
    articles.text_sha256
from known
inner join articles on articles.article_id = known.article_id and articles.version = known.version
order by articles.article_id
