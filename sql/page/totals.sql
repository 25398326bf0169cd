-- How much there is from one day to another: the denominators of the page.
select
    count(*) as articles,
    count(*) filter (where tagged) as tagged,
    count(distinct reprint_group_id) as independent_articles,
    count(distinct source_id) as sources,
    count(distinct published_on) as days
from current_articles
where published_on between $since and $until
