"""The body of the example month is the same bytes however its rows lie and whatever process computes it."""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.factories.asked import body_of
from tests.factories.examples import EXAMPLES, example_inputs

from handfast.kernel.servicelevels.canonical import canonical_bytes
from handfast.kernel.worktime import compiling, proposed

HANDFAST = str(Path(sys.executable).parent / "handfast")
SUPPORT = EXAMPLES / "support"
FILES = {"tickets": SUPPORT / "tickets.csv", "calls": SUPPORT / "calls.csv"}
AS_OF = "2026-04-05T12:00:00Z"


def body_by(folder: Path, files: dict[str, Path], *options: str, **environment: str) -> bytes:
    """What one process of `handfast statement` writes, as canonical bytes."""
    out = folder / f"statement-{random.getrandbits(64):x}.json"
    command = [
        HANDFAST,
        "statement",
        str(SUPPORT / "terms.yaml"),
        *(f"{name}={path}" for name, path in files.items()),
    ]
    command += ["--reported", str(SUPPORT / "reported.yaml"), "--period", "2026-03", "--as-of", AS_OF]
    subprocess.run(
        [*command, "--out", str(out), *options],
        check=True,
        capture_output=True,
        env={**os.environ, **environment},
    )
    made = json.loads(out.read_text("utf-8"))
    return canonical_bytes(made["body"])


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return body_by(tmp_path_factory.mktemp("plain"), FILES)


def rows_of(path: Path) -> tuple[list[str], list[list[str]]]:
    with path.open(newline="", encoding="utf-8") as handle:
        header, *rows = csv.reader(handle)
    return header, rows


def test_body_is_the_same_for_shuffled_rows(tmp_path: Path, plain: bytes) -> None:
    files = {}
    for name, path in FILES.items():
        header, rows = rows_of(path)
        random.Random(6).shuffle(rows)  # noqa: S311 - chance, no secret
        files[name] = tmp_path / path.name
        with files[name].open("w", newline="", encoding="utf-8") as handle:
            csv.writer(handle).writerows([header, *rows])
    assert body_by(tmp_path, files) == plain


def test_body_is_the_same_from_parquet(tmp_path: Path, plain: bytes) -> None:
    files = {}
    for name, path in FILES.items():
        header, rows = rows_of(path)
        files[name] = tmp_path / f"{name}.parquet"
        columns = dict(zip(header, zip(*reversed(rows), strict=True), strict=True))
        pq.write_table(
            pa.table({key: pa.array(values, pa.string()) for key, values in columns.items()}), files[name]
        )
    assert body_by(tmp_path, files) == plain


def test_body_is_the_same_on_one_thread_and_on_three(tmp_path: Path, plain: bytes) -> None:
    assert body_by(tmp_path, FILES, "--threads", "1") == body_by(tmp_path, FILES, "--threads", "3") == plain


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Pacific/Apia", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242"},
    ],
)
def test_body_is_the_same_in_another_zone_locale_and_hash_seed(
    tmp_path: Path, plain: bytes, environment: dict[str, str]
) -> None:
    assert body_by(tmp_path, FILES, **environment) == plain


def test_body_is_the_same_from_a_cold_and_from_a_warm_cache(tmp_path: Path, plain: bytes) -> None:
    cache = ("--cache", str(tmp_path / "cache"))
    assert body_by(tmp_path, FILES, *cache) == plain
    assert list((tmp_path / "cache").rglob("prepared.parquet"))
    assert body_by(tmp_path, FILES, *cache) == plain


def test_body_is_the_same_by_the_reference_engine(tmp_path: Path, plain: bytes) -> None:
    assert body_by(tmp_path, FILES, "--engine", "reference") == plain


def test_library_of_holidays_is_never_asked_where_an_annex_lies(
    plain: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> dict[Any, str]:
        raise AssertionError("the library was asked")

    for module in (compiling, proposed):
        monkeypatch.setattr(module, "proposed_holidays", refuse)
    body = body_of("duckdb", example_inputs("support", FILES, AS_OF), "2026-03")
    assert canonical_bytes(body) == plain
