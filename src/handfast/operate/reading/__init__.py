"""What a sheet of figures says, as people write it."""
