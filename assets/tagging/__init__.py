"""Tagging: from an article's text to mentions of actors, quotes and themes."""
