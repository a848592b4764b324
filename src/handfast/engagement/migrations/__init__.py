"""Migrations of engagement."""
