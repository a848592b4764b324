"""The operations on surveys."""
