-- What can be asked of this file: its macros and views, each with what it answers and an example. Example: from help()
--
-- name: The macro or view.
-- kind: macro or view.
-- usage: How it is called: what a macro takes, and what stands for what is left out. Parameters with such a default are passed by name.
-- answers: What it answers.
-- example: A query that can be run as it stands.
create or replace macro help() as table
with described as (
    select
        functions.function_name as name,
        'macro' as kind,
        string_split(functions.comment, chr(10))[1] as usage,
        string_split(functions.comment, chr(10))[2] as words
    from duckdb_functions() as functions
    where functions.function_type = 'table_macro' and not functions.internal and functions.comment is not null
    union
    select views.view_name as name, 'view' as kind, views.view_name as usage, views.comment as words
    from duckdb_views() as views
    where not views.internal and views.comment is not null
)

select
    described.name,
    described.kind,
    described.usage,
    trim(string_split(described.words, 'Example: ')[1]) as answers,
    trim(string_split(described.words, 'Example: ')[2]) as example
from described
order by described.kind, described.name
