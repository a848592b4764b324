"""The operations of readiness."""
