"""Every register that there is. A new one is one file beside these, and its line here."""

from __future__ import annotations

from handfast.governance.registers.actions import ACTIONS
from handfast.governance.registers.assumptions import ASSUMPTIONS
from handfast.governance.registers.change import CHANNELS, MESSAGES, STAKEHOLDERS
from handfast.governance.registers.client_org import CONTROLS, PROCEDURES, RETAINED
from handfast.governance.registers.client_training import BRIEFINGS
from handfast.governance.registers.decisions import DECISIONS
from handfast.governance.registers.declared import OwnField, Register, State
from handfast.governance.registers.discovery import FINDINGS, PROCESSES, SHADOWING
from handfast.governance.registers.glossary import GLOSSARY
from handfast.governance.registers.go_live import COMMAND, PILOTS
from handfast.governance.registers.governance_setup import DEPENDENCIES, OBLIGATIONS, REPORTS
from handfast.governance.registers.infrastructure import ACCESS, CHECKS, TRANSFERS
from handfast.governance.registers.issues import ISSUES
from handfast.governance.registers.knowledge import CASES
from handfast.governance.registers.launch import EXPERTS
from handfast.governance.registers.questions import QUESTIONS
from handfast.governance.registers.realignment import REALIGNMENT
from handfast.governance.registers.rehearsal import DEFECTS, PARALLEL, SCENARIOS
from handfast.governance.registers.requests import REQUESTS
from handfast.governance.registers.stabilisation import HANDOVER, LESSONS
from handfast.governance.registers.workshop import WAYS

REGISTERS: dict[str, Register] = {
    one.key: one
    for one in (
        ISSUES,
        ACTIONS,
        DECISIONS,
        QUESTIONS,
        REQUESTS,
        ASSUMPTIONS,
        GLOSSARY,
        EXPERTS,
        WAYS,
        STAKEHOLDERS,
        MESSAGES,
        CHANNELS,
        PROCESSES,
        SHADOWING,
        FINDINGS,
        RETAINED,
        CONTROLS,
        PROCEDURES,
        CHECKS,
        ACCESS,
        TRANSFERS,
        CASES,
        DEPENDENCIES,
        REPORTS,
        OBLIGATIONS,
        BRIEFINGS,
        SCENARIOS,
        DEFECTS,
        PARALLEL,
        REALIGNMENT,
        PILOTS,
        COMMAND,
        LESSONS,
        HANDOVER,
    )
}

__all__ = ["REGISTERS", "OwnField", "Register", "State"]
