"""The questions of journeys."""
