"""The room's files: what was written of a pack, kept until it is asked for. All of it can be written again."""
