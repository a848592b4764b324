"""The views of learning."""
