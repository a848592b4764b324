"""The API of operate."""
