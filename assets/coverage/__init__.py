"""Coverage: from facts to the DuckDB tables that people query, and the published file."""
