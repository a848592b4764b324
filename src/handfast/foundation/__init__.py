"""The plumbing under all rooms: spaces and actors, the fence, actions, the journal, refusals, and the outbox."""
