"""Every register that there is. A new one is one file beside these, and its line here."""

from __future__ import annotations

from handfast.governance.registers.actions import ACTIONS
from handfast.governance.registers.assumptions import ASSUMPTIONS
from handfast.governance.registers.decisions import DECISIONS
from handfast.governance.registers.declared import OwnField, Register, State
from handfast.governance.registers.glossary import GLOSSARY
from handfast.governance.registers.issues import ISSUES
from handfast.governance.registers.questions import QUESTIONS
from handfast.governance.registers.requests import REQUESTS

REGISTERS: dict[str, Register] = {
    one.key: one for one in (ISSUES, ACTIONS, DECISIONS, QUESTIONS, REQUESTS, ASSUMPTIONS, GLOSSARY)
}

__all__ = ["REGISTERS", "OwnField", "Register", "State"]
