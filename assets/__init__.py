"""The rooms through which a document walks: ingestion, cleaning, tagging, coverage.

In each room `assets.py` and `checks.py` are the Dagster face; every other module is plain Python that imports no
Dagster. What several rooms stand on (the home folder, the configuration, the table definitions, the Parquet record)
lies beside them in this folder. Nothing here imports `pipelines`.
"""
