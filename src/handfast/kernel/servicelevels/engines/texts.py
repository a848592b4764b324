"""The SQL texts: one a question, whole numbers throughout, no function that only one dialect has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from handfast.kernel.quantity import Span
    from handfast.kernel.servicelevels.questions import Condition


@dataclass(frozen=True, slots=True)
class Dialect:
    """The few words in which dialects differ."""

    parquet: str  # a table expression over one Parquet file, with {path}
    whole_division: str  # an infix operator on BIGINT
    big_sum: str  # the exact sum of a BIGINT column, with {column}


DUCKDB = Dialect(
    parquet="read_parquet('{path}')",
    whole_division="//",
    big_sum="CAST(SUM({column}) AS DECIMAL(38,0))",
)

# Worked time before an instant: what was open before its slot, and the part of the slot's opening that lies before.
WORKED_BEFORE = (
    "({slots}.before + CASE WHEN {t} - {slots}.opens <= 0 THEN 0 "
    "WHEN {t} - {slots}.opens >= {slots}.length THEN {slots}.length ELSE {t} - {slots}.opens END)"
)

# The one column that makes a clock: counted time between start and stop (or as_of), less what the pauses blocked.
# The large side of every join stands on the left, and what is joined carries few columns: the planner, which
# guesses, is told to leave the order alone.
PREPARED = """
SELECT w.place, w.start_us, w.stop_us, w.stop_us IS NOT NULL AS is_finished{attributes},
  w.worked - COALESCE(k.blocked, 0) AS elapsed
FROM (
  SELECT r.*, {stop_before} - {start_before} AS worked
  FROM {records} r
  JOIN slots a ON a.slot = (r.start_us - {base}) {div} {width}
  JOIN slots b ON b.slot = (r.end_us - {base}) {div} {width}
) w
LEFT JOIN (
  SELECT q.place AS place, CAST(SUM(q.blocked) AS BIGINT) AS blocked
  FROM (
    SELECT p.place AS place, {to_before} - {from_before} AS blocked
    FROM {pauses} p
    JOIN slots a ON a.slot = (p.from_us - {base}) {div} {width}
    JOIN slots b ON b.slot = (p.to_us - {base}) {div} {width}
  ) q
  GROUP BY q.place
) k ON k.place = w.place
"""

# The members of a population, each with the type that excludes it (NULL where none does).
MEMBERS = """
SELECT r.*, {excluded} AS excluded
FROM {prepared} r {join}
WHERE r.{instant} >= {starts} AND r.{instant} < {ends}{where}
"""
EXCLUDED_JOIN = """LEFT JOIN (
  SELECT k.place AS place, MIN(e.type) AS type
  FROM {records} k JOIN excluded e ON e.record = k.record
  WHERE e.source = {source} AND e.type IN ({types})
  GROUP BY k.place
) x ON x.place = r.place"""

# The first of the records outside the annex that could belong to a population, and how many there are.
OUTSIDE = """
SELECT r.record, r.start_us, r.end_us, COUNT(*) OVER () AS how_many
FROM {outside} r
WHERE {first} < {ends} AND {last} >= {starts} AND {starts} < {ends}{where}
ORDER BY r.place
LIMIT 1
"""
WITH_DUE_BOUNDS = "(SELECT o.*, d.first_us, d.last_us FROM {outside} o JOIN {dues} d ON d.place = o.place)"

# {group} is `excluded` with its GROUP BY as {tail}, or NULL and nothing where no record is excluded.
COUNTED = """
SELECT {group} AS excluded, COUNT(*) AS members,
  COUNT(*) FILTER (WHERE is_in) AS n,
  COUNT(*) FILTER (WHERE is_in AND is_hit) AS hits,
  {total} AS total
FROM (SELECT excluded, {is_in} AS is_in, {is_hit} AS is_hit, {value} AS value FROM ({members}) m) c
{tail}
"""

RANKED = """
SELECT place_in_order, value FROM (
  SELECT elapsed AS value, ROW_NUMBER() OVER (ORDER BY elapsed) AS place_in_order
  FROM ({members}) m WHERE excluded IS NULL AND {is_in}
) o
WHERE place_in_order IN ({ranks})
"""

# Records lie in the order of their ids, so that their places are in it too.
ROSTER = """
SELECT k.record, o.start_us, o.stop_us, o.counted_at, o.elapsed, o.excluded
FROM {records} k
JOIN (
  SELECT place, start_us, stop_us, {instant} AS counted_at, elapsed, excluded
  FROM ({members}) m
  ORDER BY place
  LIMIT {limit} OFFSET {offset}
) o ON o.place = k.place
ORDER BY o.place
"""

# What became of each record behind a figure; its id is joined last, and only where somebody reads it.
JUDGED = """
SELECT {part} AS part, {outcome} AS outcome, m.place AS place, m.start_us AS start_us, m.stop_us AS stop_us,
  m.{instant} AS counted_at, m.elapsed AS elapsed, m.excluded AS excluded
FROM ({members}) m
"""
JUDGED_NAMED = "SELECT k.record AS record, j.* FROM {records} k JOIN ({judged}) j ON j.place = k.place"
OUTCOME_COUNTS = "SELECT outcome, COUNT(*) AS how_many FROM ({judged}) j GROUP BY outcome"
NAMED_LAST = "{records} k JOIN {{few}} o ON o.place = k.place"
PLACE_OF = "r.place IN (SELECT k.place FROM {records} k WHERE k.record = {{record}})"
# {tie} is the place where all lie in one file, in the order of their ids: comparing numbers is quicker than texts.
ROSTER_ORDERS = {
    "longest": (
        "CASE o.outcome WHEN 'excluded' THEN 2 WHEN 'left out' THEN 1 WHEN 'no value' THEN 1 ELSE 0 END, "
        "o.elapsed DESC, {tie}, o.part"
    ),
    "record": "{tie}, o.part",
}
LISTED = "SELECT o.* FROM ({judged}) o WHERE o.outcome IN ({among})"
PAGED = "{listed} ORDER BY {order} LIMIT {limit} OFFSET {offset}"
ROSTER_PAGE = """
SELECT o.part, o.outcome, {record}, o.start_us, o.stop_us, o.counted_at, o.elapsed, o.excluded
FROM {named}
ORDER BY {order}
"""
# The record itself, wherever it stands, with whoever stands before and after it.
ROSTER_PLACE = """
WITH ranked AS (
  SELECT o.*, ROW_NUMBER() OVER (ORDER BY {order}) AS place_in_order, COUNT(*) OVER () AS how_many
  FROM ({listed}) o
), around AS (
  SELECT o.*
  FROM ranked o
  JOIN (SELECT r.place_in_order AS here FROM ranked r WHERE {is_it}) h
    ON o.place_in_order BETWEEN h.here - 1 AND h.here + 1
)
SELECT o.place_in_order, o.how_many, o.part, o.outcome, {record}, o.start_us, o.stop_us, o.counted_at, o.elapsed,
  o.excluded
FROM {named}
ORDER BY o.place_in_order
"""

INTERVAL_SUMS = """
SELECT {group}COUNT(*) AS how_many{sums}
FROM {rows} r
WHERE r.at >= {starts} AND r.at < {ends}{where}
{tail}
"""


def parquet(path: Path) -> str:
    """The rows of a Parquet file as a table expression."""
    return DUCKDB.parquet.format(path=str(path).replace("'", "''"))


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def column(name: str) -> str:
    """A column whose name came from the terms: ids are lower case letters, digits and _, prefixed a_."""
    return f"a_{name}"


def condition_text(condition: Condition, table: str = "r") -> str:
    """A condition as SQL that is never NULL."""
    name = f"{table}.{column(condition.attribute)}"
    parts = []
    if condition.is_missing is not None:
        parts.append(f"{name} IS {'' if condition.is_missing else 'NOT '}NULL")
    if condition.among is not None:
        # CASE has an answer for NULL, and runs once for each distinct text of a column, which IN in a filter does not.
        values = " ".join(
            f"WHEN {quoted(value)} THEN {_truth(not condition.is_negated)}" for value in condition.among
        )
        parts.append(f"CASE {name} {values} ELSE {_truth(condition.is_negated)} END")
    if condition.lowest is not None:
        parts.append(f"({name} IS NOT NULL AND {name} >= {condition.lowest})")
    if condition.highest is not None:
        parts.append(f"({name} IS NOT NULL AND {name} <= {condition.highest})")
    return " AND ".join(parts)


def _truth(is_true: bool) -> str:
    return "TRUE" if is_true else "FALSE"


def where_text(conditions: tuple[Condition, ...], table: str = "r") -> str:
    return "".join(f" AND {condition_text(condition, table)}" for condition in conditions)


def started_text(span: Span | None) -> str:
    """Only the records whose clock started in the span."""
    return "" if span is None else f" AND r.start_us >= {span.starts_us} AND r.start_us < {span.ends_us}"


def only_text(record: str | None, records: str) -> str:
    """Only the one record; `records` is the table that knows the ids."""
    if record is None:
        return ""
    return f" AND r.place IN (SELECT k.place FROM {records} k WHERE k.record = {quoted(record)})"  # noqa: S608 - quoted


def worked_before(instant: str, slots: str) -> str:
    return WORKED_BEFORE.format(t=instant, slots=slots)
