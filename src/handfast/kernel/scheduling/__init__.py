"""Schedules: one plan on two calendars, whose every date says why."""
