-- Group the current versions of all articles by their text: one row per article.
-- The id of a group comes from the text alone, so it does not depend on which copies have arrived.
with compared as (
    select
        documents.*,
        contents.content_sha256 is distinct from lag(contents.content_sha256) over order_of_arrival
        or row_number() over order_of_arrival = 1 as begins_version
    from documents
    left join contents
        on contents.article_id = documents.article_id
        and contents.document_id = documents.document_id
        and contents.landed_on = documents.landed_on
    window order_of_arrival as (
        partition by documents.article_id
        order by documents.landed_on, documents.first_seen_at, documents.published_at nulls last, documents.document_id
    )
),

versions as (
    select *
    from compared
    where begins_version
),

current_versions as (
    select
        *,
        cast(count(*) over (partition by article_id) as integer) as version,
        case
            when word_count >= $min_words then 'text-' || substr(text_sha256, 1, 24)
            else 'article-' || substr(sha256(article_id), 1, 24)
        end as reprint_group_id
    from versions
    qualify row_number() over (
        partition by article_id
        order by landed_on desc, first_seen_at desc, published_at desc nulls first, document_id desc
    ) = 1
),

ranked as (
    select
        article_id,
        version,
        landed_on,
        reprint_group_id,
        first_value(article_id) over (
            partition by reprint_group_id
            order by published_on nulls last, published_at nulls last, landed_on, first_seen_at, article_id
        ) as lead_article_id
    from current_versions
)

select
    article_id,
    version,
    landed_on,
    reprint_group_id,
    article_id = lead_article_id as is_lead,
    case when article_id <> lead_article_id then lead_article_id end as linked_to,
    case when article_id <> lead_article_id then cast(1 as double) end as containment,
    case when article_id <> lead_article_id then 'same_text' else 'lead' end as reason
from ranked
order by landed_on, article_id
