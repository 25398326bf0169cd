-- Rows of a table.
select count(*) as row_count
from the_table
