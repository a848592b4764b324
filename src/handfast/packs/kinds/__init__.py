"""The kinds of packs: each declared in a file of its own, and named here."""

from handfast.packs.kinds.declared import Asking, Kind, Told
from handfast.packs.kinds.gate import GATE
from handfast.packs.kinds.register import REGISTER
from handfast.packs.kinds.service_report import SERVICE_REPORT
from handfast.packs.kinds.statement import STATEMENT

KINDS: dict[str, Kind] = {one.key: one for one in (STATEMENT, SERVICE_REPORT, REGISTER, GATE)}

__all__ = ["KINDS", "Asking", "Kind", "Told"]
