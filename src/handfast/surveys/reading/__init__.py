"""What people write when they ask and when they answer, and the usual questionnaires."""
