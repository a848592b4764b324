"""Adjustments: proposed by one side, accepted by the other, and whole before they count."""

from __future__ import annotations

import pytest

from handfast.kernel.document import DocumentRefused, read_document
from handfast.kernel.quantity import Span, iso_of
from handfast.kernel.servicelevels.adjustments import Adjustments, read_adjustments
from handfast.kernel.servicelevels.written_values import instant_us_of

ACTS = "proposed: {by: provider, at: 2026-02-01T09:00:00Z}, accepted: {by: client, at: 2026-02-03T09:00:00Z}"
EXCLUDED = f"{{id: A1, kind: record excluded, type: duplicate, records: T1, reason: Asked twice, {ACTS}}}"


def read(*adjustments: str) -> Adjustments:
    text = "adjustments:\n" + "".join(f"  - {one}\n" for one in adjustments)
    return read_adjustments(read_document(text, name="agreed.yaml"))


def refused(*adjustments: str) -> str:
    with pytest.raises(DocumentRefused) as caught:
        read(*adjustments)
    return str(caught.value)


def test_adjustment_counts_from_the_instant_in_which_it_was_accepted() -> None:
    agreed = read(EXCLUDED)
    accepted = instant_us_of("2026-02-03T09:00:00Z")
    assert [len(agreed.in_force(accepted + step)) for step in (-1, 0, 1)] == [0, 1, 1]
    assert [agreed.open(accepted + step) for step in (-1, 0)] == [1, 0]


def test_adjustment_that_nobody_accepted_is_open_for_ever() -> None:
    agreed = read(EXCLUDED.partition(", accepted")[0] + "}")
    assert agreed.in_force(instant_us_of("2199-01-01T00:00:00Z")) == ()
    assert agreed.open(instant_us_of("2199-01-01T00:00:00Z")) == 1


def test_excluded_time_is_a_half_open_span_of_instants() -> None:
    (written,) = read(
        "{id: A1, kind: time excluded, type: outage, from: 2026-02-01T10:00:00+01:00, "
        f"to: 2026-02-01T11:00:00+01:00, reason: No power, {ACTS}}}"
    ).written
    assert isinstance(written.span, Span)
    assert [iso_of(written.span.starts_us), iso_of(written.span.ends_us)] == [
        "2026-02-01T09:00:00Z",
        "2026-02-01T10:00:00Z",
    ]


def test_one_record_may_be_written_without_a_list() -> None:
    assert read(EXCLUDED).written[0].records == ("T1",)


def test_no_adjustments_are_adjustments() -> None:
    nothing = read_adjustments(read_document("adjustments: []", name="agreed.yaml"))
    assert (nothing.written, nothing.open(0)) == ((), 0)
    assert nothing.digest != read(EXCLUDED).digest


def test_span_of_an_adjustment_without_one_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="has no span"):
        _ = read(EXCLUDED).written[0].span


WRONG = {
    EXCLUDED.replace("by: client", "by: provider"): "what one side proposes the other side accepts",
    EXCLUDED.replace("2026-02-03", "2026-01-03"): "accepted before it was proposed",
    EXCLUDED.replace("type: duplicate, ", ""): "record excluded needs type",
    EXCLUDED.replace("records: T1, ", ""): "record excluded needs records",
    EXCLUDED.replace("record excluded", "pause revoked"): "pause revoked needs pause",
    EXCLUDED.replace("record excluded", "time excluded"): "time excluded needs from and to",
    EXCLUDED.replace(
        "record excluded", "relief"
    ): "adjustments.0.kind: the adjustment 'relief' is not built yet",
    EXCLUDED.replace(
        "record excluded", "value corrected"
    ): "the adjustment 'value corrected' is not built yet",
    EXCLUDED.replace("record excluded", "forgotten"): "adjustments.0.kind: ",
    EXCLUDED.replace("reason: Asked twice, ", ""): "adjustments.0.reason: is missing: write it",
    EXCLUDED.replace("reason:", "reasons: x, reason:"): "reasons: unknown key; did you mean 'reason'?",
    EXCLUDED.replace("09:00:00Z", "09:00:00"): "write an instant with its offset",
    EXCLUDED.replace("by: provider", "by: supplier"): "adjustments.0.proposed.by: ",
    EXCLUDED.replace(
        "record excluded,", "time excluded, from: 2026-02-02T00:00:00Z, to: 2026-02-02T00:00:00Z,"
    ): ("from must lie before to"),
}


@pytest.mark.parametrize("written", WRONG)
def test_adjustment_that_is_not_whole_is_refused_with_its_line(written: str) -> None:
    message = refused(written)
    assert message.startswith("agreed.yaml, line 2: adjustments.0")
    assert WRONG[written] in message


def test_two_adjustments_with_one_id_are_refused() -> None:
    assert "the id A1 stands twice" in refused(EXCLUDED, EXCLUDED)


def test_document_that_is_a_list_is_no_adjustments() -> None:
    with pytest.raises(DocumentRefused, match="expected the key adjustments: with a list"):
        read_adjustments(read_document("- a", name="agreed.yaml"))
