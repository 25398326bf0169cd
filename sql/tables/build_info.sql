-- What this file is: one row, to be cited with any number taken from it.
--
-- snapshot_id: Name of this state of the data: the last landing day and a hash of all that the file was made from. Cite it.
-- schema_version: Version of the tables' shape.
-- built_at: UTC instant at which this state was built.
-- rules_version: Hash of the tagging rules that made the mentions; 'mixed: ' and all of them where days were tagged under several; null without mentions.
-- build_rules: Hash of the SQL, code and settings by which the tables were built from the record.
-- mention_confidence: Confidence from which a mention counts in the coverage tables.
-- first_published_on: First publication day with an article; null without any.
-- last_published_on: Last publication day with an article; null without any.
-- last_landed_on: Last landing day on record; null without any.
-- duckdb_version: Version of DuckDB that wrote the file.
create table build_info (
    snapshot_id varchar not null,
    schema_version varchar not null,
    built_at timestamp not null,
    rules_version varchar,
    build_rules varchar not null,
    mention_confidence double not null,
    first_published_on date,
    last_published_on date,
    last_landed_on date,
    duckdb_version varchar not null
);
