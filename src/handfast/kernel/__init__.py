"""The arithmetic of outsourcing: no framework, no network, and it never asks the time."""
