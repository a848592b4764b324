"""The doors of journeys."""
