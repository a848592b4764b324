"""The views of surveys."""
