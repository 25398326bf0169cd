"""Cleaning: from a landed page to an article with text, language, date and repairs."""
