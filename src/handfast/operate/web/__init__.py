"""The pages of operate."""
