"""Projects of PSPLIB: read as they are written, refused by line where they are not."""

from __future__ import annotations

import csv
import tarfile
from pathlib import Path

import pytest

from handfast.kernel.scheduling.psplib import MOST_CHARACTERS, read_psplib
from handfast.kernel.scheduling.refusals import ProjectFileRefused
from handfast.kernel.scheduling.resources import path_bound

DATA = Path(__file__).parents[3] / ".." / "shared" / "data" / "psplib"
STARS = "*" * 72
SMALL = f"""{STARS}
file with basedata            : small.bas
initial value random generator: 1
{STARS}
projects                      :  1
jobs (incl. supersource/sink ):  4
horizon                       :  9
RESOURCES
  - renewable                 :  2   R
  - nonrenewable              :  0   N
  - doubly constrained        :  0   D
{STARS}
PROJECT INFORMATION:
pronr.  #jobs rel.date duedate tardcost  MPM-Time
    1      2      0        5        1        5
{STARS}
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           4
   4        1          0
{STARS}
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     5       1    2
  3      1     4       3    0
  4      1     0       0    0
{STARS}
RESOURCEAVAILABILITIES:
  R 1  R 2
    3    2
{STARS}
"""


def test_project_is_read_as_it_is_written() -> None:
    project = read_psplib(SMALL, name="small.sm")
    assert [(task.duration, task.demands, task.after) for task in project.tasks] == [
        (0, (0, 0), ()),
        (5, (1, 2), (0,)),
        (4, (3, 0), (0,)),
        (0, (0, 0), (1, 2)),
    ]
    assert project.capacities == (3, 2)


@pytest.mark.parametrize(
    ("was", "is_now", "said"),
    [
        ("   2        1          1           4", "   2        1          2           4", "line 20: 2 successors"),
        ("   2        1          1           4", "   2        2          1           4", "line 20: job 2 has 2 modes"),
        ("   3        1          1           4", "   3        1          1           2", "line 21: job 3 before job 2"),
        ("   3        1          1           4", "   3        1          1           9", "line 21: job 3 before job 9"),
        ("   3        1          1           4", "   3        1          x           4", "line 21: expected whole numbers"),
        ("   3        1          1           4\n", "", "line 21: expected the line of job 3"),
        ("  2      1     5       1    2", "  2      1     5       1", "line 28: expected the line of job 2"),
        ("  2      1     5       1    2", "  2      1     5       1  2  3", "line 28: expected job, mode 1"),
        ("  2      1     5       1    2", "  2      1    -5       1    2", "line 28: expected whole numbers, found '-5'"),
        ("  2      1     5       1    2", "  2      1     5       9    2", "task 2: needs 9 of resource 1, which has 3"),
        ("    3    2\n", "    3\n", "line 34: expected 2 availabilities"),
        ("nonrenewable              :  0", "nonrenewable              :  2", "line 10: nonrenewable resources"),
        ("  - renewable                 :  2   R", "", "no line says '- renewable'"),
        ("jobs (incl. supersource/sink ):  4", "jobs (incl. supersource/sink ):  0", "no job or no resource"),
        ("RESOURCEAVAILABILITIES:", "", "the section RESOURCEAVAILABILITIES is missing"),
    ],
)  # fmt: skip
def test_malformed_project_is_refused_by_its_line(was: str, is_now: str, said: str) -> None:
    assert was in SMALL
    with pytest.raises(ProjectFileRefused) as refused:
        read_psplib(SMALL.replace(was, is_now, 1), name="small.sm")
    assert said in str(refused.value)
    assert str(refused.value).startswith("small.sm")


def test_project_that_ends_early_is_refused_where_it_ends() -> None:
    cut = SMALL[: SMALL.index("  3      1     4")]
    with pytest.raises(ProjectFileRefused, match=r"line 29: the file ends here"):
        read_psplib(cut, name="small.sm")


def test_file_far_too_large_is_refused() -> None:
    with pytest.raises(ProjectFileRefused, match="characters"):
        read_psplib(" " * (MOST_CHARACTERS + 1), name="large.sm")


@pytest.mark.skipif(not DATA.exists(), reason="the instances of PSPLIB are not beside the repository")
@pytest.mark.parametrize("which", ["j30", "j90"])
def test_every_instance_is_read_and_its_critical_path_is_the_published_one(which: str) -> None:
    with (DATA / f"best_known_{which}.csv").open() as file:
        published = {row["file"]: int(row["cpm"]) for row in csv.DictReader(file)}
    with tarfile.open(DATA / f"{which}.tar.xz") as archive:
        found = {}
        for name in published:
            member = archive.extractfile(name)
            assert member is not None
            found[name] = path_bound(read_psplib(member.read().decode(), name=name))
    assert len(published) == 480
    assert found == published
