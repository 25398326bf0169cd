-- The texts of pairs that only their words can decide, as they landed on a day. Input: wanted, their days and hashes.
select
    landed_on,
    text_sha256,
    arg_min(text, document_id) as text
from read_parquet($files, hive_partitioning = false)
where (landed_on, text_sha256) in (select (landed_on, text_sha256) from wanted)
group by landed_on, text_sha256
