-- Count the denominators of the publication days to be counted anew.
insert into day_totals (published_on, source_id, articles, tagged, independent_articles)
select
    published_on,
    source_id,
    count(*) as articles,
    count(*) filter (where tagged) as tagged,
    count(*) filter (where shared_group is null)
    + count(distinct shared_group) as independent_articles
from work_day_articles
group by published_on, source_id
order by published_on, source_id
