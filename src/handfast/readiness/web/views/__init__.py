"""The views of readiness."""
