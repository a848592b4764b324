"""Adjustments: proposed by one side, accepted by the other, and whole before they count."""

from __future__ import annotations

from pathlib import Path

import pytest

from handfast.kernel.document import DocumentRefused, read_document
from handfast.kernel.quantity import Span, iso_of
from handfast.kernel.servicelevels.adjustments import Adjustments, adjustment_faults, read_adjustments
from handfast.kernel.servicelevels.terms import Terms, read_terms
from handfast.kernel.written_values import instant_us_of

ACTS = "proposed: {by: provider, at: 2026-02-01T09:00:00Z}, accepted: {by: client, at: 2026-02-03T09:00:00Z}"
EXCLUDED = f"{{id: A1, kind: record excluded, type: duplicate, records: T1, reason: Asked twice, {ACTS}}}"
REVOKED = f"{{id: A1, kind: pause revoked, pause: customer, records: T1, reason: Nobody asked, {ACTS}}}"
SPAN = "from: 2026-02-02T00:00:00Z, to: 2026-02-03T00:00:00Z"


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
        "record excluded", "time excluded, from: 2026-02-02T00:00:00Z"
    ): "time excluded needs to",
    EXCLUDED.replace("type:", "pause: customer, type:"): "record excluded does not read pause: take it away",
    EXCLUDED.replace("type:", "from: 2026-02-02T00:00:00Z, type:"): "record excluded does not read from:",
    EXCLUDED.replace("type:", f"{SPAN}, type:"): "record excluded does not read from and to:",
    EXCLUDED.replace("record excluded", f"time excluded, pause: customer, {SPAN}"): (
        "time excluded does not read pause:"
    ),
    REVOKED.replace("pause:", "type: duplicate, pause:"): "pause revoked does not read type:",
    REVOKED.replace("pause:", "from: 2026-02-02T00:00:00Z, pause:"): "from and to go together",
    REVOKED.replace("pause:", "to: 2026-02-02T00:00:00Z, pause:"): "from and to go together",
    EXCLUDED.replace("records: T1", "records: []"): "adjustments.0.records: ",
    REVOKED.replace("records: T1", "records: []"): "adjustments.0.records: ",
    EXCLUDED.replace(
        "2026-02-03", "9999-12-31"
    ): "accepted.at: the instant lies outside the years 1900 to 2200",
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


TABLE = Path(__file__).with_name("lint_examples.yaml")
ONE_LOG: str = read_document(TABLE.read_text("utf-8"), name=TABLE.name).content["bases"]["pool"]
SECOND_LOG = (
    "sources:\n  changes: {kind: events, record: change, at: {column: at}, event: status, sequence: step}\n"
)
OTHER_CLOCK = (
    "clocks:\n  changing: {source: changes, calendar: office, start: first, stop: Done, reopening: ignore}\n"
)


def terms_of(text: str) -> Terms:
    return read_terms(read_document(text, name="terms.yaml"))


def two_logs() -> Terms:
    text = ONE_LOG.replace("sources:\n", SECOND_LOG).replace("clocks:\n", OTHER_CLOCK)
    return terms_of(text)


def refused_under(terms: Terms, written: str) -> str:
    document = read_document(f"adjustments:\n  - {written}\n", name="agreed.yaml")
    with pytest.raises(DocumentRefused) as caught:
        read_adjustments(document, terms)
    return str(caught.value)


def test_adjustment_that_the_terms_know_is_read_under_them() -> None:
    written = [EXCLUDED, EXCLUDED.replace("A1", "A2").replace("type:", "source: tickets, type:")]
    written.append(REVOKED.replace("A1", "A3").replace("pause:", f"{SPAN}, pause:"))
    written.append(f"{{id: A4, kind: time excluded, type: outage, {SPAN}, reason: No power, {ACTS}}}")
    document = read_document(
        "adjustments:\n" + "".join(f"  - {one}\n" for one in written), name="agreed.yaml"
    )
    terms = terms_of(ONE_LOG)
    assert len(read_adjustments(document, terms).written) == len(written)
    assert adjustment_faults(terms, read_adjustments(document)) == []


WITHOUT_EFFECT = {
    EXCLUDED.replace("type:", "source: ticket, type:"): (
        "line 2: adjustments.0.source: A1: there is no event log 'ticket'; did you mean 'tickets'?"
    ),
    EXCLUDED.replace("duplicate", "duplicates"): (
        "line 2: adjustments.0.type: A1: no measure excludes the type 'duplicates'; did you mean 'duplicate'?"
    ),
    EXCLUDED.replace("duplicate", "outage"): "no measure excludes the type 'outage'; there are: duplicate",
    EXCLUDED.replace("record excluded", f"time excluded, {SPAN}"): "no clock excludes the type 'duplicate'",
    REVOKED.replace("customer", "Customer"): (
        "line 2: adjustments.0.pause: A1: no clock has the pause 'Customer'; did you mean 'customer'?"
    ),
    REVOKED.replace("customer", "stopped"): "no clock has the pause 'stopped'; there are: customer",
}


@pytest.mark.parametrize("written", WITHOUT_EFFECT)
def test_adjustment_without_effect_is_refused_under_the_terms_and_read_without_them(written: str) -> None:
    message = refused_under(terms_of(ONE_LOG), written)
    assert message.startswith("agreed.yaml, line 2: adjustments.0.")
    assert WITHOUT_EFFECT[written] in message
    assert len(adjustment_faults(terms_of(ONE_LOG), read(written))) == 1


def test_adjustment_that_names_no_source_is_refused_where_there_are_two_logs() -> None:
    message = refused_under(two_logs(), EXCLUDED)
    assert message.endswith(
        "does not say to which event log it belongs; write source: one of changes, tickets"
    )


def test_type_and_pause_that_only_the_other_log_knows_are_refused() -> None:
    elsewhere = EXCLUDED.replace("type:", "source: changes, type:")
    assert "no measure over changes excludes the type 'duplicate'; there are: none" in refused_under(
        two_logs(), elsewhere
    )
    elsewhere = REVOKED.replace("pause:", "source: changes, pause:")
    assert "no clock over changes has the pause 'customer'" in refused_under(two_logs(), elsewhere)


def test_every_adjustment_without_effect_is_named_at_once() -> None:
    wrong = EXCLUDED.replace("duplicate", "twice")
    document = read_document(
        f"adjustments:\n  - {wrong}\n  - {wrong.replace('A1', 'A2')}\n", name="agreed.yaml"
    )
    with pytest.raises(DocumentRefused, match=r"line 2: .*A1: .*\n.*line 3: .*A2: "):
        read_adjustments(document, terms_of(ONE_LOG))
