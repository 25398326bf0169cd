-- The texts of pairs that only their words can decide. Input: wanted, their hashes.
select text_sha256, arg_min(text, document_id) as text
from read_parquet($files, hive_partitioning = false)
where text_sha256 in (select text_sha256 from wanted)
group by text_sha256
