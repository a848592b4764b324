"""The verbs of journeys."""

from handfast.journeys.actions.answers import answer_by_mail, open_answer_key, tell_of_mail
from handfast.journeys.actions.channels import add_channel, stop_channel, try_channel
from handfast.journeys.actions.digests import begin_digest, close_digest
from handfast.journeys.actions.inviting import invite_people
from handfast.journeys.actions.notices import give_notice, read_notice
from handfast.journeys.actions.steps import skip_step, take_up_step

__all__ = [
    "add_channel",
    "answer_by_mail",
    "begin_digest",
    "close_digest",
    "give_notice",
    "invite_people",
    "open_answer_key",
    "read_notice",
    "skip_step",
    "stop_channel",
    "take_up_step",
    "tell_of_mail",
    "try_channel",
]
