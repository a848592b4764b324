"""The operations of contracts."""
