"""What somebody writes, read before it is kept."""
