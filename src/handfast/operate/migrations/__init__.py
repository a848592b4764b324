"""Migrations of operate."""
