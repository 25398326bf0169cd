-- The latest landing day of each source.
select
    landed_on as day,
    source_id as source,
    landed,
    expected as usual,
    rejected,
    undated,
    case when gap then 'gap' else '' end as gap
from source_daily
where landed_on between $since and $until
order by landed_on desc, source_id
limit 10
