"""Files that come in with a request, staged while they come: whole or not at all."""
