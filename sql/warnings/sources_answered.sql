-- Sources that failed, or gave nothing where their own rhythm expects something, on the last landing day on record.
select source_id, landed_on, expected, landed, rejected, outcome, detail
from source_daily
where gap and landed_on = (select max(latest.landed_on) from source_daily as latest)
order by source_id
