"""What is asked of learning."""
