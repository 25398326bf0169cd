-- Sources of which more than one current article in ten has no publication date, and so counts on no day.
select
    source_id,
    count(*) as articles,
    count(*) filter (where published_on is null) as undated
from articles
where is_current
group by source_id
having count(*) filter (where published_on is null) > 0.1 * count(*)
order by source_id
