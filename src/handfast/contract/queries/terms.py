"""Agreements and the versions of their terms; what the kernel reads of a version is kept by its digest."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from handfast.contract.models import Agreement, TermsVersion
from handfast.contract.reading.texts import read_text, sha256_of
from handfast.contract.refusals import TermsDamaged
from handfast.foundation.sight import the_one
from handfast.kernel.servicelevels.annex import annex_from
from handfast.kernel.servicelevels.periods import days_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.foundation.fence import Spaced
    from handfast.kernel.servicelevels.annex import Annex
    from handfast.kernel.servicelevels.terms import Terms

Row = TypeVar("Row", bound="Spaced")
LONG_TEXTS = ("text", "annex")
KEPT_ANNEXES = 16
_ANNEXES: OrderedDict[str, Annex] = OrderedDict()
_ANNEXES_LOCK = Lock()


def agreements_of(engagement: Engagement) -> QuerySet[Agreement]:
    """The agreements of an engagement, oldest first."""
    return Agreement.objects.filter(engagement=engagement).select_related("engagement")


def agreements_seen_by(actor: Actor, engagement: UUID) -> QuerySet[Agreement]:
    rows = Agreement.objects.filter(engagement_id=engagement, space_id__in=actor.reach.reads)
    return rows.select_related("engagement")


def agreement_seen_by(actor: Actor, agreement: UUID) -> Agreement:
    rows = Agreement.objects.filter(space_id__in=actor.reach.reads).select_related("engagement")
    found: Agreement = the_one(rows.filter(pk=agreement))
    return found


def versions_seen_by(actor: Actor, agreement: UUID) -> QuerySet[TermsVersion]:
    """All versions of an agreement's terms, the newest first, without their long texts."""
    rows = TermsVersion.objects.filter(agreement_id=agreement, space_id__in=actor.reach.reads)
    return rows.select_related("agreement").defer(*LONG_TEXTS)


def version_seen_by(actor: Actor, agreement: UUID, number: int) -> TermsVersion:
    return the_one(versions_seen_by(actor, agreement).filter(number=number))


def terms_in_force(agreement: Agreement) -> TermsVersion | None:
    """The latest version that was agreed, or put in force by one side alone; None before there is one."""
    return _in_force(agreement).order_by("-number").first()


def terms_for_month(agreement: Agreement, period: str) -> TermsVersion | None:
    """The version that judges a month ('2026-03'): the latest in force that counts from a day before the month's end.

    Until the day from which it counts, a version says what the one before it says: that one goes on judging, with
    its own calendars and under its own digest. A month before all of them is the first one's to refuse. None before
    any is in force. Raises NoSuchPeriod.
    """
    _, after = days_of(period)
    found = list(_in_force(agreement).order_by("-number"))
    return next((one for one in found if one.in_force_on < after), found[-1] if found else None)


def _in_force(agreement: Agreement) -> QuerySet[TermsVersion]:
    rows = TermsVersion.objects.filter(agreement=agreement, state__in=TermsVersion.IN_FORCE)
    return rows.select_related("agreement").defer(*LONG_TEXTS)


def has_terms_in_force(engagement: Engagement) -> bool:
    """Whether anything of this engagement can be judged."""
    found = TermsVersion.objects.filter(agreement__engagement=engagement, state__in=TermsVersion.IN_FORCE)
    return bool(found.exists())


def terms_waiting(agreement: Agreement) -> TermsVersion | None:
    """The version that waits for an answer; there is at most one."""
    rows = TermsVersion.objects.filter(agreement=agreement, state=TermsVersion.State.PROPOSED)
    return rows.select_related("agreement").defer(*LONG_TEXTS).first()


def parsed_terms(version: TermsVersion) -> Terms:
    """A version as the kernel reads it. Raises TermsDamaged where the text is not the one that was proposed."""
    if sha256_of(version.text) != version.sha256:
        raise TermsDamaged(f"the text of version {version.number} is not what its digest says")
    return read_text(version.text)[0]


def annex_of(version: TermsVersion) -> Annex:
    """The compiled calendars of a version, kept by their digest. Raises TermsDamaged, AnnexRefused."""
    with _ANNEXES_LOCK:
        if version.annex_sha256 in _ANNEXES:
            _ANNEXES.move_to_end(version.annex_sha256)
            return _ANNEXES[version.annex_sha256]
    if sha256_of(version.annex) != version.annex_sha256:
        raise TermsDamaged(f"the annex of version {version.number} is not what its digest says")
    annex = annex_from(version.annex, name=f"the annex of version {version.number}")
    with _ANNEXES_LOCK:
        _ANNEXES[version.annex_sha256] = annex
        while len(_ANNEXES) > KEPT_ANNEXES:
            _ANNEXES.popitem(last=False)
    return annex
