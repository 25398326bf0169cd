-- What this file was made from: one row per Parquet file of the record.
--
-- table_name: The table that the file belongs to.
-- landed_on: Its landing day; null for tables that are written whole.
-- file_name: Its name in the day's folder.
-- byte_count: Its size.
-- sha256: SHA-256 of its bytes.
create table build_manifest (
    table_name varchar not null,
    landed_on date,
    file_name varchar not null,
    byte_count bigint not null,
    sha256 varchar not null
);
