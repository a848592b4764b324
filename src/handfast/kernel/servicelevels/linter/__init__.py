"""The linter: reads terms before anyone signs them, and says where they contradict, starve or surprise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.kernel.servicelevels.adjustments import read_adjustments
from handfast.kernel.servicelevels.linter import bands, clocks, consent, dates, levels, money, pools, unused
from handfast.kernel.servicelevels.linter.rules import Case
from handfast.kernel.servicelevels.terms import written_versions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from handfast.kernel.document import Document, Path
    from handfast.kernel.servicelevels.linter.rules import Rule, Severity
    from handfast.kernel.servicelevels.terms import Terms

RULES: tuple[Rule, ...] = (
    *pools.RULES,
    *bands.RULES,
    *money.RULES,
    *levels.RULES,
    *clocks.RULES,
    *dates.RULES,
    *unused.RULES,
    *consent.RULES,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault with its place: `path` of keys in the file, `line` where it stands or is missing."""

    rule: str
    severity: Severity
    file: str
    path: Path
    line: int
    message: str
    hint: str

    @property
    def field(self) -> str:
        return ".".join(str(step) for step in self.path)


def lint(
    terms: Terms,
    document: Document,
    adjustments: Document | None = None,
    known_events: Mapping[str, AbstractSet[str]] | None = None,
) -> tuple[Finding, ...]:
    """All findings, by file and line; `document` is what `terms` were read from.

    `known_events` are the names of the events in each source's log, where a log is at hand. What several
    versions of the terms say in the same line is said once.
    """
    agreed = None if adjustments is None else read_adjustments(adjustments)
    amendments, versions = written_versions(document)
    starts = [terms.first.effective.first, *(amendment.first for amendment in amendments)]
    ends = [*starts[1:], terms.first.effective.end]
    cases = [
        Case(version.terms, starts[place], ends[place], terms, amendments, agreed, known_events or {})
        for place, version in enumerate(terms.versions)
    ]
    found: list[Finding] = []
    for version, case in zip(versions, cases, strict=True):
        found += _findings("version", case, version)
    found += _findings("agreement", cases[0], document)
    if adjustments is not None:
        found += _findings("adjustments", cases[-1], adjustments)
    return tuple(
        sorted(dict.fromkeys(found), key=lambda one: (one.file != document.name, one.line, one.rule))
    )


def _findings(scope: str, case: Case, document: Document) -> Iterator[Finding]:
    for rule in RULES:
        if rule.scope == scope:
            for fault in rule.check(case):
                line = document.line_of(fault.path)
                yield Finding(
                    rule.code, rule.severity, document.name, fault.path, line, fault.message, fault.hint
                )
