"""A mail that comes in: read, held to its sender, cut to what is new, and taken as what its person says."""
