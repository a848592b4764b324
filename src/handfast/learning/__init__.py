"""Learning: what people must know, who was shown it and when, and who proved it."""
