"""What is asked of the room: things, comments about them, and whom they may tell."""
