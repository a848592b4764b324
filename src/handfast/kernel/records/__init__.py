"""Event logs and interval totals, normalised once so that both sides hold the same rows."""
