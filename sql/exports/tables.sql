-- The tables of the published file, by name.
select table_name
from duckdb_tables()
where database_name = 'warehouse' and not temporary
order by table_name
