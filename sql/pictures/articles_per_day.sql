-- Articles per day (or week, or month) and source.
select
    cast(date_trunc($unit, day_totals.published_on) as date) as started_on,
    coalesce(sources.name, day_totals.source_id) as series,
    cast(sum(day_totals.articles) as bigint) as value
from day_totals
left join sources on sources.source_id = day_totals.source_id
where day_totals.published_on between $since and $until
group by started_on, series
order by started_on, series
