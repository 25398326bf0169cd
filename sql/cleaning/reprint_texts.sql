-- The articles of landing days that are long enough to have copies, equal texts of a day one behind the other.
-- They are not grouped here: passing texts through an aggregate costs more than reading them.
select
    landed_on,
    text_sha256,
    source_id,
    coalesce(published_on, landed_on) as first_day,
    coalesce(published_on, landed_on) as last_day,
    text
from read_parquet($files, hive_partitioning = false)
where word_count >= $min_words
order by landed_on, text_sha256, document_id
