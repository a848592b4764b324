"""Every list that is exported is opened by a spreadsheet one day: no text in it is a formula there."""

from __future__ import annotations

import csv
import html
import io
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineWorkbook
from tests.architecture.cases import values_of
from tests.architecture.policy import PAGES
from tests.architecture.routes import pages
from tests.hostile.poisoning import SIDES, Poisoned, a_poisoned_deal, let_go

from handfast.foundation.web.exports import BEGIN_A_FORMULA
from handfast.journeys.web.sampling_frame import PROOF

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpResponse
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db
FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\uff1d1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("//evil.example")',
]
FORMS = ("csv", "xlsx")


@pytest.fixture
def deal(tmp_path: Path, settings: SettingsWrapper) -> Poisoned:
    settings.HANDFAST_HOME = tmp_path
    settings.HANDFAST_RECORDS = tmp_path / "records"
    found = a_poisoned_deal()
    found.leave(FORMULAS)
    return found


def body_of(answer: HttpResponse) -> bytes:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]  # of a stream
    let_go(answer)
    return body


def exports(deal: Poisoned) -> list[tuple[str, str, bytes]]:
    """Every export of every page, by its name and form, as each side gets it."""
    found = []
    for page in pages():
        is_list, is_sheet = "form" in page.keys, page.name.endswith("workbook")
        if page.name not in PAGES or not (is_list or is_sheet):
            continue
        for side in SIDES:
            for form in FORMS if is_list else ("xlsx",):
                values = values_of(deal.deal, side) | {"form": form}
                answer = deal.client(side).get(page.path(values))
                assert answer.status_code == 200, (page.name, form)
                found.append((page.name, form, rows_in(body_of(answer))))
    return found


def rows_in(body: bytes) -> bytes:
    """The list itself, where it comes in an archive beside the proof that it is whole."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            if PROOF in archive.namelist():
                (name,) = (one for one in archive.namelist() if one != PROOF)
                return archive.read(name)
    return body


@pytest.mark.soak
def test_no_export_is_calculated_by_an_office_program(deal: Poisoned, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here (Debian: apt-get install libreoffice-calc)")
    found = exports(deal)
    control = b"Name,Value\nOurs,=1+1\n"  # which must be found, or the check looks nowhere
    for number, (_, form, body) in enumerate([("control", "csv", control), *found]):
        (tmp_path / f"{number}.{form}").write_bytes(body)
    opened = tmp_path / "opened"
    sheets = [str(one) for form in FORMS for one in sorted(tmp_path.glob(f"*.{form}"))]
    home = f"-env:UserInstallation=file://{tmp_path / 'office'}"
    subprocess.run(
        [office, home, "--headless", "--convert-to", "fods", "--outdir", str(opened), *sheets],
        check=True, capture_output=True, timeout=1800,
    )  # fmt: skip
    read = {one.stem: one.read_text("utf-8") for one in opened.glob("*.fods")}
    assert len(read) == len(found) + 1
    calculated = {name for name, text in read.items() if "table:formula=" in text or 'xlink:href="//' in text}
    assert calculated == {"0"}, sorted(found[int(name) - 1][:2] for name in calculated - {"0"})
    told = "".join(html.unescape(text) for name, text in read.items() if name != "0")
    assert any(one in told for one in FORMULAS), "no export holds what was written: the test looks nowhere"


def cells_of_csv(body: bytes) -> list[str]:
    rows = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))
    return [cell for row in rows for cell in row]


def is_number(cell: str) -> bool:
    return cell.removeprefix("-").replace(".", "", 1).isdigit()


def test_no_export_of_any_page_holds_a_formula(deal: Poisoned) -> None:
    faults, plain, names = [], set(), set()
    for name, form, body in exports(deal):
        names.add(name)
        if form == "csv":
            cells = cells_of_csv(body)
            faults += [
                f"{name}: {cell}"
                for cell in cells
                if cell.startswith(BEGIN_A_FORMULA) and not is_number(cell)
            ]
            plain |= {cell[1:] for cell in cells if cell.startswith("'")}
            continue
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            sheets = [book.read(one).decode() for one in book.namelist() if one.startswith("xl/worksheets/")]
            faults += [
                f"{name}: a formula in its sheet" for sheet in sheets if "<f>" in sheet or "<f " in sheet
            ]
            faults += [f"{name}: a link in its sheet" for sheet in sheets if "<hyperlink" in sheet]
        read = CalamineWorkbook.from_filelike(io.BytesIO(body))
        plain |= {cell for one in read.sheet_names for row in read.get_sheet_by_name(one).to_python() for cell in row
                  if isinstance(cell, str)}  # fmt: skip
    assert not faults, "\n".join(faults)
    assert {"engagement:people_export", "records:imports_export", "journeys:journal_export"} <= names
    assert plain & set(FORMULAS), "no export holds what was written: the test looks nowhere"
