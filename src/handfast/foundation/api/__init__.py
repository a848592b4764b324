"""What every operation of the API stands on: who calls, and refusals as problem+json."""
