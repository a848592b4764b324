"""The API of records."""
