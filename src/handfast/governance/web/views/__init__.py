"""The views of governance."""
