-- Articles per day (or week, or month) and source.
select
    cast(date_trunc($unit, published_on) as date) as started_on,
    source_id as series,
    cast(sum(articles) as bigint) as value
from day_totals
group by started_on, series
order by started_on, series
