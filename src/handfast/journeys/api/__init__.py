"""The operations of journeys."""
