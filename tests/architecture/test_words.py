"""Nothing in the repository belongs to one machine or names the host of a registry."""

from __future__ import annotations

import pytest
from tools.house.tree import ROOT, tracked_files
from tools.house.words import lock_faults, machine_path_faults


def test_no_file_names_a_path_of_one_machine() -> None:
    faults = []
    for path in tracked_files():
        content = path.read_bytes()
        if b"\0" not in content:
            faults += machine_path_faults(
                path.relative_to(ROOT).as_posix(), content.decode("utf-8", "replace")
            )
    assert not faults, "\n".join(faults)


def test_no_lock_file_names_a_host() -> None:
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    assert [path.stem for path in locks] == ["bench", "build", "node", "run", "test"]
    assert (
        "\n".join([fault for path in locks for fault in lock_faults(path.name, path.read_text("utf-8"))])
        == ""
    )


def test_every_locked_package_has_a_version_and_a_digest() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        entries = [line for line in path.read_text("utf-8").splitlines() if line and line[0] not in " #"]
        assert entries
        assert [line for line in entries if "==" not in line or not line.endswith("\\")] == []


@pytest.mark.parametrize("path", ["/" + "work/main/x", "/" + "home/someone/x", "see (/" + "root/x)"])
def test_path_of_one_machine_is_refused(path: str) -> None:
    assert len(machine_path_faults("page.md", f"a line\n{path}\n")) == 1


@pytest.mark.parametrize(
    "path", ["docs/" + "work/x", "/usr/share/x", "./" + "home/someone/x", "a.b/" + "root/x"]
)
def test_path_of_every_machine_is_kept(path: str) -> None:
    assert machine_path_faults("page.md", path) == []


@pytest.mark.parametrize(
    "line", ["--index-url x", "-i x", "x @ https://host/x.whl", '"resolved": "x"', "--find-links x", "-f x"]
)
def test_host_in_a_lock_is_refused(line: str) -> None:
    assert len(lock_faults("run.txt", f"x==1 \\\n{line}\n")) == 1


def test_lock_of_names_versions_and_digests_is_kept() -> None:
    assert lock_faults("run.txt", "x==1 \\\n    --hash=sha256:00\n    # via -r requirements/run.in\n") == []
