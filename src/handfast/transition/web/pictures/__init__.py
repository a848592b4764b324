"""Pictures of the plan."""
