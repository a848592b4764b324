"""The operations of evidence."""
