-- Articles that count on the publication days to be counted anew, numbered in the order of their publication; an article
-- outside any reprint group counts in none.
insert into work_day_articles (article_number, article_id, version, published_on, source_id, tagged, group_number)
select
    row_number() over (order by published_on, published_at nulls last, article_id) as article_number,
    article_id,
    version,
    published_on,
    source_id,
    tagged,
    case when reprint_group_id is not null then dense_rank() over (order by reprint_group_id) end as group_number
from articles
where is_current and published_on in (select published_on from work_published_days)
