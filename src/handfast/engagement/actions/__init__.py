"""The verbs of engagement."""
