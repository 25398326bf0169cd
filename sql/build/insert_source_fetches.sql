-- Put in the landing log of changed landing days.
insert into source_fetches (
    source_id, batch_id, outcome, detail, offered, landed, rejected, landed_on, fetched_at
)
select
    source_id, batch_id, outcome, detail, offered, landed, rejected,
    cast(regexp_extract(filename, '([0-9]{4}-[0-9]{2}-[0-9]{2})/[^/]*$', 1) as date) as landed_on,
    fetched_at
from read_parquet($files, filename = true, hive_partitioning = false)
order by landed_on, fetched_at, source_id, batch_id
