-- The latest days' denominators.
select published_on as day, source_id as source, articles, tagged, independent_articles as "no copies"
from day_totals
where published_on between $since and $until
order by published_on desc, source_id
limit 10
