"""What people say about learning, and what tests are worth."""
