"""The files and links beside a thing, as its page shows them: other rooms hand `kept_beside` to their template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.urls import reverse

from handfast.engagement.queries import party_of
from handfast.evidence.permissions import may_attach_file, may_withdraw_file
from handfast.evidence.queries.files import files_seen_by, used_bytes
from handfast.evidence.queries.references import references_seen_by
from handfast.evidence.queries.relations import related_to
from handfast.evidence.reading.kinds import ENDINGS, KINDS
from handfast.evidence.web.forms import FileForm, ReferenceForm, RelationForm
from handfast.foundation.files.staged import said_size
from handfast.foundation.web.instants import shown_at
from handfast.people.queries import GONE, members_seen_by, names_seen_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.evidence.models import File, Reference
    from handfast.evidence.queries.relations import Related
    from handfast.evidence.queries.things import Thing
    from handfast.foundation.actor import Actor
    from handfast.people.models import Membership

NEWEST = 8
SHORT_DIGEST = 12


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file in words; `digest` is how its SHA-256 begins."""

    file: File
    kind: str
    size: str
    digest: str
    who: str
    side: str
    when: str
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """The part of a page that shows what is kept beside a thing, and takes more. `faults` are of files just sent."""

    thing: Thing
    rows: Sequence[FileRow]
    page: Page[File]
    url: str
    form: FileForm
    faults: Sequence[str]
    related: Sequence[Related]
    link_form: RelationForm
    references: Sequence[Reference]
    reference_form: ReferenceForm
    may_attach: bool
    own_side: str
    own_name: str
    used: str

    @property
    def is_own_chosen(self) -> bool:
        """Whether the own side alone will see what is attached now; the safer is chosen first."""
        return self.thing.is_internal or self.form["audience"].value() != "shared"

    @property
    def is_own_link(self) -> bool:
        """The same of a link."""
        return self.thing.is_internal or self.link_form["audience"].value() != "shared"

    @property
    def is_own_reference(self) -> bool:
        """The same of an address elsewhere."""
        return self.thing.is_internal or self.reference_form["audience"].value() != "shared"

    @property
    def is_empty(self) -> bool:
        """Whether nothing is kept here that the reader sees."""
        return not (self.rows or self.related or self.references)

    @property
    def accepted(self) -> str:
        """What a browser offers to choose."""
        return ",".join(f".{one}" for one in ENDINGS)

    @property
    def limit(self) -> str:
        return said_size(settings.HANDFAST_FILE_LIMIT)


def kept_beside(  # noqa: PLR0913 - what the part shows
    actor: Actor, deal: Engagement, thing: Thing, *, most: int = NEWEST, number: str | None = None,
    form: FileForm | None = None, faults: Sequence[str] = (), link_form: RelationForm | None = None,
    reference_form: ReferenceForm | None = None,
) -> Beside:  # fmt: skip
    """A page of what is kept there, and the form for more."""
    page = Paginator(files_seen_by(actor, thing), most).get_page(number)
    mine = party_of(deal, actor.organisation)
    own_side, own_name = (mine.side, mine.name) if mine else ("", "")
    may_attach = may_attach_file(actor, thing.space) and thing.space.pk in actor.reach.writes
    used = ""
    if may_attach:
        used = f"{said_size(used_bytes(actor, deal.pk))} of {said_size(settings.HANDFAST_FILE_QUOTA)}"
    return Beside(
        thing, _rows(actor, list(page), deal), page, files_url(thing),
        form or FileForm(is_internal=thing.is_internal), faults, related_to(actor, thing),
        link_form or RelationForm(is_internal=thing.is_internal), list(references_seen_by(actor, thing)),
        reference_form or ReferenceForm(is_internal=thing.is_internal), may_attach, own_side, own_name, used,
    )  # fmt: skip


def files_url(thing: Thing) -> str:
    """The page of all that is kept there."""
    return reverse("evidence:files", args=[thing.engagement, thing.kind, thing.id])


def _rows(actor: Actor, files: Sequence[File], deal: Engagement) -> list[FileRow]:
    """Who is here is asked only where there is something to show."""
    if not files:
        return []
    here = {one.person_id: one for one in members_seen_by(actor, deal.pk)}
    names = {key: one.person.name for key, one in here.items()}
    if gone := {one.attached_by_id for one in files} - here.keys():
        names |= names_seen_by(actor, gone)
    return [_row(actor, one, here, names, deal.zone) for one in files]


def _row(
    actor: Actor, file: File, here: Mapping[UUID, Membership], names: Mapping[UUID, str], zone: str
) -> FileRow:
    who = here.get(file.attached_by_id)
    is_there = file.withdrawn_at is None
    may_withdraw = is_there and file.space_id in actor.reach.writes and may_withdraw_file(actor, file)
    return FileRow(
        file, KINDS[file.kind].name, said_size(file.size_bytes), file.sha256[:SHORT_DIGEST],
        names.get(file.attached_by_id, GONE), who.side if who else "either",
        shown_at(file.withdrawn_at or file.attached_at, zone), may_withdraw,
    )  # fmt: skip
