"""Ingestion: read the sources and land their documents as they came."""
