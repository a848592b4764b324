"""What people send, read and checked before anything is kept."""
