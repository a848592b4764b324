"""The room's files: bytes that are kept outside the database."""
