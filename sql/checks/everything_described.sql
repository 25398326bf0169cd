-- Every table, column, view and macro says inside the file what it is.
with named as (
    select 'table' as kind, table_name as name, comment
    from duckdb_tables()
    where database_name = current_database() and not temporary
    union all
    select 'view' as kind, view_name as name, comment
    from duckdb_views()
    where database_name = current_database() and not internal
    union all
    select 'column' as kind, concat(table_name, '.', column_name) as name, comment
    from duckdb_columns()
    where database_name = current_database() and not internal
    union all
    select 'macro' as kind, function_name as name, comment
    from duckdb_functions()
    where database_name = current_database() and not internal and function_type in ('macro', 'table_macro')
)

select kind, name
from named
where comment is null or trim(comment) = ''
order by kind, name
