"""Regimes: how verdicts become points and money."""
