"""What packs read of what is sent in."""
