"""What change management leaves behind: who is touched, what they hear, and where they ask."""

from __future__ import annotations

from handfast.governance.registers.declared import OwnField, Register, State

STAKEHOLDERS = Register(
    key="stakeholders",
    name="Stakeholders",
    singular="stakeholder",
    prefix="SH",
    purpose="Whom the change touches, how strongly, who sponsors them, and what they hold against it.",
    step="change",
    own=(
        OwnField(
            "impact",
            "Impact",
            "choice",
            is_listed=True,
            is_level=True,
            choices=(("low", "Low"), ("medium", "Medium"), ("high", "High")),
        ),
        OwnField(
            "stance",
            "Stance",
            "choice",
            choices=(("against", "Against it"), ("unsure", "Unsure"), ("for", "For it")),
        ),
        OwnField("sponsor", "Sponsor", "line"),
        OwnField("sponsor_acted_on", "The sponsor last acted on", "day"),
        OwnField("resistance", "Resistance, and what is done", "text"),
    ),
    states=(
        State("mapped", "Mapped", "open", to=("engaged", "settled", "withdrawn")),
        State("engaged", "Engaged", "running", to=("mapped", "settled", "withdrawn"), needs=("sponsor",)),
        State("settled", "Carried along", "met", to=("engaged",), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("mapped",), is_done=True),
    ),
)

MESSAGES = Register(
    key="messages",
    name="Communication plan",
    singular="message",
    prefix="M",
    purpose="Who hears what from whom, by which channel and on which day, and whether it was sent.",
    step="change",
    is_light=True,
    own=(
        OwnField("audience", "Audience", "line", is_listed=True),
        OwnField("sender", "Sender", "line"),
        OwnField("channel", "Channel", "line"),
        OwnField("sent_on", "Sent on", "day"),
    ),
    states=(
        State("planned", "Planned", "open", to=("sent", "withdrawn")),
        State("sent", "Sent", "met", to=("planned",), needs=("sent_on",), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("planned",), is_done=True),
    ),
)

CHANNELS = Register(
    key="channels",
    name="Channels",
    singular="channel",
    prefix="CH",
    purpose="Where people ask about the change, who answers, and how soon.",
    step="change",
    own=(
        OwnField("audience", "Audience", "line", is_listed=True),
        OwnField("answers_within", "Answers within", "line"),
    ),
    states=(
        State("planned", "To be set up", "open", to=("open", "withdrawn")),
        State("open", "Open", "met", to=("planned", "closed"), needs=("answers_within",), is_done=True),
        State("closed", "Closed", "waived", to=("open",), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("planned",), is_done=True),
    ),
)
