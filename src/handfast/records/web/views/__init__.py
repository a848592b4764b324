"""The pages of records, one subject a file."""
