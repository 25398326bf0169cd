-- Articles that count on the publication days to be counted anew; an article outside any reprint group counts in none.
insert into work_day_articles (article_number, article_id, version, published_on, source_id, tagged, group_number)
select
    row_number() over (order by article_id) as article_number,
    article_id,
    version,
    published_on,
    source_id,
    tagged,
    case when reprint_group_id is not null then dense_rank() over (order by reprint_group_id) end as group_number
from articles
where is_current and published_on in (select published_on from work_published_days)
