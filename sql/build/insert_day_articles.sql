-- Articles that count on the publication days, numbered in the order of their publication.
insert into work_day_articles (
    article_number, article_id, version, landed_on, published_on, source_id, reprint_group_id, tagged, shared_group
)
with of_the_days as (
    select
        articles.article_id,
        articles.version,
        articles.landed_on,
        articles.published_on,
        articles.published_at,
        articles.source_id,
        articles.reprint_group_id,
        articles.tagged
    from articles
    inner join work_days on work_days.published_on = articles.published_on
    where articles.is_current
)

select
    cast(row_number() over (order by published_on, published_at nulls last, article_id) as integer) as article_number,
    article_id,
    version,
    landed_on,
    published_on,
    source_id,
    reprint_group_id,
    tagged,
    case
        when reprint_group_id is not null and count(*) over (partition by published_on, reprint_group_id) > 1
            then cast(dense_rank() over (order by reprint_group_id) as integer)
    end as shared_group
from of_the_days
order by article_number
