"""The only part of the records kernel that touches files."""
