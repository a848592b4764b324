"""The operations of transition."""
