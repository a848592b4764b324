"""The documents of a sample, written, published and signed by both sides through the verbs of the room."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handfast.evidence.actions import (
    amend_document,
    ask_sign_off,
    publish_version,
    sign_version,
    write_document,
)
from handfast.evidence.queries.documents import space_for_document, version_seen_by
from handfast.evidence.queries.signing import signatures_seen_by
from handfast.evidence.reading.asked import SignOffSaid
from handfast.evidence.reading.written import DocumentSaid
from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from handfast.engagement.models import Engagement
    from handfast.evidence.models import Document
    from handfast.foundation.actor import Actor
    from handfast.journeys.samples.written import SampleDocument, SampleVersion

    Happening = tuple[datetime, Callable[[], None]]

TO_SIGN = timedelta(days=2)
DRAFTED = timedelta(minutes=20)


def document_steps(
    documents: Iterable[SampleDocument], deal: Engagement, acting: Callable[[str], Actor]
) -> Iterator[Happening]:
    """What happens to each of them, and when."""
    for told in documents:
        yield from _steps_of(told, deal, acting)


def _steps_of(told: SampleDocument, deal: Engagement, acting: Callable[[str], Actor]) -> Iterator[Happening]:
    """Each version at its instant, and its signatures two days later."""
    made: list[Document] = []
    for version in told.versions:
        yield version.at, lambda one=version: _publish(told, one, deal, acting, made)  # type: ignore[misc]  # bound now, on purpose
        if version.signed_by:
            at = version.at + TO_SIGN
            yield at, lambda one=version, at=at: _sign(one, made[0], acting, at)  # type: ignore[misc]  # as above


def _publish(
    told: SampleDocument, version: SampleVersion, deal: Engagement, acting: Callable[[str], Actor], made: list[Document]
) -> None:  # fmt: skip
    actor = acting(told.by)
    said = DocumentSaid(told.title, told.kind, version.text, actor.person)
    with entered(actor.reach):
        if made:
            document = amend_document(actor, made[0], said=said, at=version.at - DRAFTED)
        else:
            space = space_for_document(actor, deal, "shared")
            document = write_document(actor, space, said=said, at=version.at - DRAFTED)
        made[:] = [publish_version(actor, document, summary=version.summary, at=version.at)]
        if version.asked:
            newest = version_seen_by(actor, made[0], made[0].last_number)
            ask_sign_off(actor, newest, said=SignOffSaid(version.asked, version.due_on), at=version.at)


def _sign(version: SampleVersion, document: Document, acting: Callable[[str], Actor], at: datetime) -> None:
    for side in version.signed_by:
        actor = acting(side)
        with entered(actor.reach):
            rows = signatures_seen_by(actor, document.pk).filter(side=side, state="waiting")
            for one in rows:
                sign_version(actor, one, sha256=one.document_version.sha256, at=at)
