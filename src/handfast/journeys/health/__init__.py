"""The health check: what a deal lacks and where it contradicts itself, each check one function over the same facts."""
