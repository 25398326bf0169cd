-- The current version of every chosen article, and whether its text is long enough to have copies.
create temp table current_versions as
with contested as (
    select article_id
    from documents
    group by article_id
    having count(*) > 1
),

compared as (
    select
        documents.*,
        contents.content_sha256 is distinct from lag(contents.content_sha256) over order_of_arrival
        or row_number() over order_of_arrival = 1 as begins_version
    from documents
    left join contents
        on contents.article_id = documents.article_id
        and contents.document_id = documents.document_id
        and contents.landed_on = documents.landed_on
    where documents.article_id in (select article_id from contested)
    window order_of_arrival as (
        partition by documents.article_id
        order by documents.landed_on, documents.first_seen_at, documents.published_at nulls last, documents.document_id
    )
),

latest as (
    select
        * exclude (begins_version),
        cast(count(*) over (partition by article_id) as integer) as version
    from compared
    where begins_version
    qualify row_number() over (
        partition by article_id
        order by landed_on desc, first_seen_at desc, published_at desc nulls first, document_id desc
    ) = 1
)

select *, word_count >= $min_words as may_have_copies
from latest
union all
-- Most articles have one document, which needs no comparing.
select *, 1 as version, word_count >= $min_words as may_have_copies
from documents
where article_id not in (select article_id from contested)
