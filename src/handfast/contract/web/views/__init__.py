"""The pages of contracts, one subject a file."""
