"""The views of transition."""
