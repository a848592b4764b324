"""The questions of operate."""
