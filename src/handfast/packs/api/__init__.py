"""The operations of packs."""
