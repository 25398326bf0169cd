-- Open a file for building. Storage version v1.0.0 is what DuckDB 1.0 and all later clients can read.
attach $path as warehouse (storage_version 'v1.0.0')
