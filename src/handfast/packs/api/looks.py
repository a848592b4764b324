"""The operations on how packs look. Annotations are values here: ninja reads them."""

import base64
import binascii

from ninja import Field, Router, Schema

from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.web.doors import ActorRequest
from handfast.packs.actions import choose_look
from handfast.packs.permissions import may_choose_look
from handfast.packs.queries.looks import look_of
from handfast.packs.reading.looks import MOST_BYTES, read_logo
from handfast.packs.refusals import LookRefused
from handfast.packs.report import Look
from handfast.people.queries import organisation_of

router = Router(tags=["packs"])


class LookOut(Schema):
    """A colour, and a logo as PNG in base64 with its size in pixels; empty where there is none."""

    accent: str
    logo: str
    logo_width: int
    logo_height: int


class LookIn(Schema):
    """A colour that can be read on white, and a logo as PNG or JPEG in base64; empty for none."""

    accent: str
    logo: str = Field("", max_length=MOST_BYTES * 2)


@router.get("/look", response=LookOut)
def show_look(request: ActorRequest) -> Look:
    """How the packs of my organisation look."""
    return look_of(request.actor)


@router.put("/look", response=LookOut)
def put_look(request: ActorRequest, given: LookIn) -> Look:
    """Choose it, for the packs that are made from now on."""
    own = organisation_of(request.actor)
    if own is None:
        raise NotSeen
    if not may_choose_look(request.actor, own):
        raise NotPermitted("pack look chosen: those who manage people choose it")
    try:
        sent = base64.b64decode(given.logo, validate=True)
    except (binascii.Error, ValueError) as broken:
        raise LookRefused("logo: write it in base64", [("logo", "write it in base64")]) from broken
    logo = read_logo(sent) if sent else None
    choose_look(request.actor, own, accent=given.accent, logo=logo, at=request.at)
    return look_of(request.actor)
