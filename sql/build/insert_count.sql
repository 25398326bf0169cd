-- Note how many rows a table has.
insert into build_counts (table_name, row_count)
select $table_name, count(*)
from the_table
