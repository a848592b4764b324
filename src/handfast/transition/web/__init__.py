"""Pages of transition."""
