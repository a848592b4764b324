"""Readers of what comes from outside: the templates that the project ships."""
