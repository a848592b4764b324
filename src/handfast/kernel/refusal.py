"""The root of every foreseen refusal: what was wrong, where, and what to do about it."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - the house's word: something foreseen is refused, it does not err
    """A foreseen refusal, shown to the person as it stands.

    `code` is stable and in kebab-case, one for each class; the message names the file, the line or row,
    the field, the fault and what to do.
    """

    code = "refused"


class WrongQuantity(Refusal):
    """A quantity that cannot be what it says: refused when it is built."""

    code = "wrong-quantity"
