"""The pages of engagement, one subject a file."""
