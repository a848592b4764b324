"""The verbs of journeys."""

from handfast.journeys.actions.notices import give_notice, read_notice

__all__ = ["give_notice", "read_notice"]
