"""A statement is taken away with its inputs, and recomputed by whoever doubts it, without this server."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.operate.actions.test_reported import REPORTING, reported
from tests.operate.month import AT, LATE, Month, a_month
from tests.operate.queries.test_revising import MORE, REVOKED, WORLD, accepted, after
from typer.testing import CliRunner

from handfast.cli.app import app
from handfast.foundation.scope import entered
from handfast.operate.actions import propose_adjustment
from handfast.operate.models import Statement

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db
FOLDER = "statement-2026-03-revision-"
HARD_TO_READ = "Nobody was asked: \u2028 \x85 “#1” 'yes' \U0001f642 - null"


@pytest.fixture
def month() -> Month:
    made = a_month(WORLD)
    made.send(MORE)
    return made


def revised(month: Month) -> Statement:
    """Revised by late records and a revoked pause; another adjustment is proposed and open."""
    month.issued()
    month.send(LATE, after(10))
    accepted(month, REVOKED | {"reason": HARD_TO_READ}, after(20))
    said = {"kind": "record excluded", "type": "duplicate", "records": ["L-5"], "reason": "Twice."}
    propose_adjustment(month.provider, month.bargain.agreement, side="provider", said=said, at=after(25))
    return month.issued(at=after(30))


def answer_of(month: Month, made: Statement, person: Any, *, by: str = "page") -> Any:
    browser = Client()
    browser.force_login(person)
    if by == "operation":
        return browser.get(f"/api/operate/statements/{made.pk}/bundle.zip")
    place = {"engagement": month.bargain.cast.engagement.pk, "statement": made.pk}
    return browser.get(reverse("operate:bundle", kwargs=place))


def unpacked(answer: Any, folder: Path) -> Path:
    """What was downloaded, as a person unpacks it: one folder."""
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as packed:
        packed.extractall(folder)
    (made,) = folder.iterdir()
    return made


def verified(bundle: Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["verify", str(bundle)])
    return result.exit_code, result.output.strip()


@pytest.mark.parametrize("by", ["page", "operation"])
def test_bundle_of_a_revised_month_is_recomputed_as_identical(month: Month, by: str, tmp_path: Path) -> None:
    made = revised(month)
    bundle = unpacked(answer_of(month, made, month.bargain.cast.reader, by=by), tmp_path)
    assert bundle.name == f"{FOLDER}2"
    assert verified(bundle) == (0, f"identical: {made.digest}")
    for line in (bundle / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((bundle / name).read_bytes()).hexdigest() == digest
    assert (bundle / "adjustments.yaml").is_file()


def test_bundle_with_a_reported_value_is_recomputed_as_identical(tmp_path: Path) -> None:
    month = a_month(REPORTING)
    reported(month)
    made = month.issued(at=after(5))
    bundle = unpacked(answer_of(month, made, month.bargain.cast.owner), tmp_path)
    assert (bundle / "reported.yaml").is_file()
    assert verified(bundle) == (0, f"identical: {made.digest}")


def test_changed_record_in_a_bundle_is_found(month: Month, tmp_path: Path) -> None:
    bundle = unpacked(answer_of(month, revised(month), month.bargain.cast.owner), tmp_path)
    (records,) = (bundle / "records").iterdir()
    text = records.read_text()
    records.write_text(text.replace('"L-5"', '"L-9"'))
    assert records.read_text() != text
    code, said = verified(bundle)
    assert (code, "different in" in said) == (1, True)


def test_page_names_the_command_and_leads_to_the_bundle(month: Month) -> None:
    made = month.issued()
    browser = Client()
    browser.force_login(month.bargain.cast.owner)
    place = {"engagement": month.bargain.cast.engagement.pk}
    page = browser.get(reverse("operate:statement", kwargs=place | {"period": "2026-03"})).content.decode()
    assert f"handfast verify {FOLDER}1" in page
    assert reverse("operate:bundle", kwargs=place | {"statement": made.pk}) in page


@pytest.mark.parametrize("by", ["page", "operation"])
def test_rival_finds_no_bundle(month: Month, by: str) -> None:
    assert answer_of(month, month.issued(), month.bargain.cast.rival, by=by).status_code == 404


def test_bundle_that_would_not_recompute_is_refused_by_its_code(month: Month) -> None:
    made = month.issued(at=AT)
    with entered(month.client.reach):
        other = made.body.replace(made.body.split('"annex":"')[1][:64], "0" * 64)
        Statement.objects.filter(pk=made.pk).update(body=other)
    answer = answer_of(month, made, month.bargain.cast.owner, by="operation")
    assert (answer.status_code, answer.json()["code"]) == (409, "inputs-gone")
