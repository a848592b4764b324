"""Working time: calendars, elapsed, due, and the overlap of two calendars."""
