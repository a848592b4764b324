"""The operations of engagements."""
