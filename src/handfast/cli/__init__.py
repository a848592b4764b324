"""The `handfast` command: one module a verb, joined in `app.py`."""

from handfast.cli.app import main

__all__ = ["main"]
