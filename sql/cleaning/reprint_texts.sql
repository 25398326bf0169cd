-- The distinct texts of landing days: one row per day and text, long enough to have copies.
select
    landed_on,
    text_sha256,
    min(source_id) as source_id,
    min(coalesce(published_on, landed_on)) as first_day,
    max(coalesce(published_on, landed_on)) as last_day,
    arg_min(text, document_id) as text
from read_parquet($files, hive_partitioning = false)
where word_count >= $min_words
group by landed_on, text_sha256
order by landed_on, text_sha256
