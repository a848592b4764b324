"""The simulated desk gives the same bytes in every process, quickly, and behaves like a desk."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from itertools import pairwise

import pytest

from handfast.journeys.samples.chance import SKEWED, Chance
from handfast.journeys.samples.desk import worked
from handfast.journeys.samples.hours import HOUR, Hours
from handfast.journeys.samples.light import plan
from handfast.journeys.samples.standard import standard

DIGEST = """
import hashlib
from handfast.journeys.samples import light, standard
for sample in (light(), standard()):
    found = hashlib.sha256(sample.adjustments_yaml().encode())
    for upload in sample.uploads:
        found.update(f"{upload.source} {upload.file_name} {upload.received_at}".encode() + upload.content)
    print(sample.size, found.hexdigest())
"""


def test_both_samples_are_the_same_bytes_in_other_processes() -> None:
    said = set()
    for seed, zone in (("0", "UTC"), ("4242", "Asia/Tokyo")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone}
        found = subprocess.run(
            [sys.executable, "-c", DIGEST], env=environment, capture_output=True, text=True, check=True
        )
        said.add(found.stdout)
    assert len(said) == 1
    assert said.pop().split()[::2] == ["light", "standard"]


def test_standard_sample_takes_less_than_ten_seconds_of_work() -> None:
    begun = time.process_time()
    assert standard().uploads
    assert time.process_time() - begun < 10


def test_events_of_every_ticket_run_forward_in_time() -> None:
    tickets = worked(plan())
    assert [ticket.number for ticket in tickets] == list(range(1001, 1001 + len(tickets)))
    for ticket in tickets:
        assert all(one.at <= after.at for one, after in pairwise(ticket.events))
        assert [event.status for event in ticket.events[:2]] == ["Created", "First reply"]
        assert ticket.events[0].at == ticket.created


def test_survey_is_answered_by_about_22_percent() -> None:
    tickets = worked(plan())
    answered = sum(ticket.rating > 0 for ticket in tickets)
    assert 180 < 1000 * answered // len(tickets) < 260


def test_arrivals_follow_weekday_and_hour() -> None:
    tickets = worked(plan())
    by_weekday = [0] * 7
    for ticket in tickets:
        by_weekday[(ticket.created // 86_400 + 3) % 7] += 1
    assert by_weekday[0] > by_weekday[4] > 3 * by_weekday[6]


@pytest.mark.parametrize("median", [60, 3_600, 100_000])
def test_half_of_skewed_times_lie_under_the_median(median: int) -> None:
    chance = Chance(7)
    drawn = [chance.skewed(median) for _ in range(4_000)]
    assert 1_850 < sum(one < median for one in drawn) < 2_150
    assert median * SKEWED[0] // 1000 <= min(drawn)
    assert max(drawn) <= median * SKEWED[-1] // 1000


def test_later_is_the_inverse_of_worked() -> None:
    hours = Hours.of([(8 * HOUR, 20 * HOUR), (32 * HOUR, 40 * HOUR), (36 * HOUR, 44 * HOUR)])
    assert hours.closes == (20 * HOUR, 44 * HOUR)
    for at in range(0, 40 * HOUR, 1_777):
        for seconds in (1, HOUR, 3 * HOUR + 5):
            assert hours.worked(at, hours.later(at, seconds)) == seconds


def test_closed_hours_count_nothing() -> None:
    hours = Hours.of([(8 * HOUR, 20 * HOUR), (32 * HOUR, 44 * HOUR)])
    assert hours.worked(20 * HOUR, 32 * HOUR) == 0
    assert hours.later(21 * HOUR, HOUR) == 33 * HOUR
    assert hours.worked(0, 7 * HOUR) == 0
