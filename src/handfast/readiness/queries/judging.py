"""How a criterion stands: by what was measured or attested, how old that is, and whether it was let go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.foundation.scope import Reach, entered
from handfast.readiness.models import Attestation, Criterion, CriterionStanding, Waiver
from handfast.readiness.proofs import PROOFS, Asked, Lack, Measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from handfast.engagement.models import Engagement

Standing = CriterionStanding.Standing
HOLDS = (Standing.MET, Standing.WAIVED)
UNKNOWN = Measured(None, "not computed here any more")


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion with how it stands; `bare` is how it would stand without its waiver."""

    criterion: Criterion
    standing: str
    bare: str
    measured: Fraction | None
    said: str
    as_of_at: datetime | None
    lacking: tuple[Lack, ...]
    attestation: Attestation | None
    waiver: Waiver | None

    @property
    def blocks(self) -> bool:
        """Whether it keeps its gate shut."""
        return self.criterion.is_blocking and self.standing not in HOLDS

    @property
    def kept(self) -> Decimal | None:
        """What was measured, as its history keeps it: to six digits, half up."""
        if self.measured is None:
            return None
        return decimal_of(self.measured)


def decimal_of(value: Fraction) -> Decimal:
    """To six digits after the point, half up."""
    whole, rest = divmod(value.numerator * 10**6, value.denominator)
    return Decimal(whole + (2 * rest >= value.denominator)).scaleb(-6)


def judged_of(deal: Engagement, criteria: Sequence[Criterion], *, at: datetime, today: date) -> list[Judged]:
    """Each of them; every proof is asked once, over what both sides see, whoever asks."""
    shared = frozenset({deal.space_id})
    with entered(Reach(shared, frozenset())):
        asked = Asked(deal, at, today)
        wanted = {one.proof for one in criteria if not one.is_attested}
        found = {key: PROOFS[key].measure(asked) if key in PROOFS else UNKNOWN for key in sorted(wanted)}
        words = _last_words(deal, criteria)
        waivers = _waivers(deal)
    return [_judged(one, found, words.get(one.pk), waivers.get(one.pk), at, today) for one in criteria]


def _judged(  # noqa: PLR0913, PLR0917 - all that decides how it stands
    one: Criterion, found: Mapping[str, Measured], word: Attestation | None, waiver: Waiver | None,
    at: datetime, today: date,
) -> Judged:  # fmt: skip
    measured = _of_word(word) if one.is_attested else found[one.proof]
    bare = _bare(one, measured, at)
    is_waived = waiver is not None and waiver.is_in_force(today) and bare != Standing.MET
    return Judged(
        one, Standing.WAIVED if is_waived else bare, bare, measured.value, measured.said, measured.as_of_at,
        measured.lacking, word if one.is_attested else None, waiver,
    )  # fmt: skip


def _of_word(word: Attestation | None) -> Measured:
    if word is None:
        return Measured(None, "nobody has said so yet")
    return Measured(Fraction(int(word.holds)), "yes" if word.holds else "no", word.attested_at)


def _bare(one: Criterion, measured: Measured, at: datetime) -> str:
    if measured.value is None:
        return Standing.OPEN if one.is_attested else Standing.NO_DATA
    if not _compares(measured.value, one.compare, Fraction(one.needs)):
        return Standing.NOT_MET if one.is_blocking else Standing.AT_RISK
    if _is_stale(one, measured.as_of_at, at):
        return Standing.STALE
    return Standing.MET


def _is_stale(one: Criterion, as_of_at: datetime | None, at: datetime) -> bool:
    return (
        one.fresh_days is not None and as_of_at is not None and at - as_of_at > timedelta(days=one.fresh_days)
    )


def _compares(value: Fraction, compare: str, needs: Fraction) -> bool:
    if compare == Criterion.Compare.AT_LEAST:
        return value >= needs
    return value <= needs if compare == Criterion.Compare.AT_MOST else value == needs


def _last_words(deal: Engagement, criteria: Iterable[Criterion]) -> dict[UUID, Attestation]:
    wanted = [one.pk for one in criteria if one.is_attested]
    rows = Attestation.objects.filter(space_id=deal.space_id, criterion__engagement=deal)
    rows = rows.filter(criterion_id__in=wanted) if len(wanted) == 1 else rows
    return {one.criterion_id: one for one in rows.order_by("attested_at", "pk")}


def _waivers(deal: Engagement) -> dict[UUID, Waiver]:
    """Of each criterion the one that is asked for or holds."""
    lasting = (Waiver.State.ASKED, Waiver.State.APPROVED)
    rows = Waiver.objects.filter(space_id=deal.space_id, criterion__engagement=deal, state__in=lasting)
    return {one.criterion_id: one for one in rows}
