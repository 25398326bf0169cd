-- Put in a table whole.
insert into the_table (the_columns)
select the_columns
from read_parquet($files, hive_partitioning = false)
order by the_columns
