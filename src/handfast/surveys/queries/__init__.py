"""Surveys as they are asked for: whose they are, the link to one, and what the answers say together."""
