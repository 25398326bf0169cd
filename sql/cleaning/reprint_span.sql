-- The first and the last day of publication of the texts in these files.
select min(first_day) as first_day, max(last_day) as last_day
from read_parquet($files)
