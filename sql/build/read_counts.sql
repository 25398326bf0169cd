-- How many rows each table had when the file was built.
select table_name, row_count
from build_counts
order by table_name
