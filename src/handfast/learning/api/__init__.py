"""The operations of learning."""
