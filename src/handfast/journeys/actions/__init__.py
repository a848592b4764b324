"""The verbs of journeys."""

from handfast.journeys.actions.digests import begin_digest, close_digest
from handfast.journeys.actions.notices import give_notice, read_notice

__all__ = ["begin_digest", "close_digest", "give_notice", "read_notice"]
