-- What can be asked of this file: its macros and views, each with what it answers and an example. Example: from help()
--
-- name: The macro or view.
-- kind: macro (from name(...)) or view (from name).
-- parameters: What a macro takes; those with a default may be left out and are passed by name.
-- answers: What it answers.
-- example: A query that can be run as it stands; null where none is given.
create or replace macro help() as table
with described as (
    select
        functions.function_name as name,
        'macro' as kind,
        array_to_string(functions.parameters, ', ') as parameters,
        functions.comment as words
    from duckdb_functions() as functions
    where functions.function_type = 'table_macro' and not functions.internal and functions.comment is not null
    union
    select views.view_name as name, 'view' as kind, null as parameters, views.comment as words
    from duckdb_views() as views
    where not views.internal and views.comment is not null
)

select
    described.name,
    described.kind,
    described.parameters,
    trim(string_split(described.words, 'Example: ')[1]) as answers,
    nullif(trim(string_split(described.words, 'Example: ')[2]), '') as example
from described
order by described.kind, described.name
