"""What is said of readiness, read and checked."""
