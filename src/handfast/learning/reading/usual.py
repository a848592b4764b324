"""The usual parts of a certification, out of the content that is shipped: by the kind of a topic what proves it."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

from handfast.kernel.document import read_document
from handfast.learning.models import Topic, TopicPart
from handfast.learning.reading.said import PartSaid

Kind = Topic.Kind
BY_KIND: dict[str, tuple[str, ...]] = {
    Kind.PROCESS: ("knowledge test", "system exercise", "practical cases"),
    Kind.COMPLIANCE: ("compliance test",),
    Kind.PRODUCT: ("knowledge test",),
    Kind.LANGUAGE: ("language where customers are served",),
}
FOR_EVER = 0


@lru_cache
def _content() -> dict[str, Any]:
    text = files("handfast.learning").joinpath("content/certification.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = read_document(text, name="certification.yaml").content
    return found


def usual_parts(kind: str) -> tuple[PartSaid, ...]:
    """What a topic of a kind is proved by."""
    told = {one["part"]: one for one in _content()["parts"]}
    return tuple(_part(told[name]) for name in BY_KIND[kind])


def usual_validity(kind: str) -> int:
    """Months that a certificate of the kind lasts, 0 where it lasts for ever."""
    return next(
        (
            int(one["months"])
            for one in _content()["validity"]
            if one["topic_kind"] == kind and one.get("months")
        ),
        FOR_EVER,
    )


def usual_minimum() -> int:
    """How many certified people a critical topic needs."""
    return int(_content()["minimum_per_critical_topic"])


def rubric() -> tuple[tuple[str, int, bool], ...]:
    """Each criterion of a practical case: its name, its weight in hundredths, and whether a zero fails the case."""
    return tuple(
        (one["name"], int(Decimal(one["weight"]) * 100), one.get("fails_case_if_zero") == "true")
        for one in _content()["rubric"]
    )


def _part(one: dict[str, Any]) -> PartSaid:
    is_test, is_scored = "minutes" in one or "questions" in one, one.get("scored_by") == "rubric"
    kind = (
        TopicPart.Kind.PRACTICAL if is_scored else TopicPart.Kind.TEST if is_test else TopicPart.Kind.RECORDED
    )
    said = one["pass_mark"]
    mark = Decimal(said) if said[0].isdigit() else Decimal(1)  # an agreed level is reached or not
    size = int(one.get("questions") or one.get("cases") or 1)
    minutes = (
        int(one.get("minutes") or 2 * size) if is_test else None
    )  # where none is said: two minutes for a question
    wait = int(one["wait"].removesuffix("bd")) if "wait" in one else 0
    name = one["part"].replace(" where customers are served", " level")
    return PartSaid(name[0].upper() + name[1:], kind, mark, size, minutes, int(one.get("retakes") or 0), wait)
