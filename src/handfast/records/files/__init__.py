"""The room's files: bytes that wait to be read, and the rows that were kept."""
