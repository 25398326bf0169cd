-- What each source gave, landing day by landing day.
select
    source_daily.landed_on,
    source_daily.source_id,
    coalesce(sources.name, source_daily.source_id) as source,
    source_daily.expected,
    source_daily.landed,
    source_daily.rejected,
    source_daily.undated,
    source_daily.duplicate,
    source_daily.gap,
    source_daily.outcome,
    source_daily.detail
from source_daily
left join sources on sources.source_id = source_daily.source_id
where source_daily.landed_on between $since and $until
order by source_daily.source_id, source_daily.landed_on
