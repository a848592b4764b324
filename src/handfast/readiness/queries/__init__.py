"""What is asked of readiness."""
