-- Documents landed per day (or week, or month) and source.
select
    cast(date_trunc($unit, landed_on) as date) as started_on,
    source_id as series,
    cast(sum(landed) as bigint) as value
from source_daily
group by started_on, series
order by started_on, series
