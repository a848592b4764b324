"""What pages of journeys show as pictures."""
