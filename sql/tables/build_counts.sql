-- How many rows each table of this file has, as counted when it was built.
--
-- table_name: The table.
-- row_count: Its rows.
create table build_counts (
    table_name varchar not null,
    row_count bigint not null
);
