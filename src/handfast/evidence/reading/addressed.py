"""An address elsewhere, as somebody writes it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from handfast.evidence.refusals import ReferenceRefused
from handfast.foundation.texts import line_fault

LONGEST_ADDRESS = 2_000
NO_ADDRESS = "write the whole address, beginning with https:// and without a password in it"


@dataclass(frozen=True, slots=True)
class ReferenceSaid:
    """What lives elsewhere, and where."""

    name: str
    address: str


def checked_reference(said: ReferenceSaid) -> ReferenceSaid:
    """Without blanks around. Raises ReferenceRefused with every fault by its field."""
    name, address = said.name.strip(), said.address.strip()
    faults = [("name", fault)] if (fault := line_fault(name)) else []
    if fault := line_fault(address, most=LONGEST_ADDRESS) or _address_fault(address):
        faults.append(("address", fault))
    if faults:
        raise ReferenceRefused(f"not linked: {faults[0][0]}: {faults[0][1]}", faults)
    return ReferenceSaid(name, address)


def _address_fault(address: str) -> str:
    try:
        parts = urlsplit(address)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return NO_ADDRESS
    has_blank = any(one.isspace() or one in '<>"\\' for one in address)
    is_plain = address.lower().startswith("https://") and "@" not in parts.netloc
    return "" if is_whole and is_plain and not has_blank else NO_ADDRESS
