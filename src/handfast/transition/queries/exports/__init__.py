"""What leaves the plan as a file: for each asker what that one sees, and nothing more."""
