"""Findings and issues to the report's issues: folded by (code, column), counted exactly, five examples each."""

from collections.abc import Mapping, Sequence

import msgspec
import polars as pl

from ..definitions.model import Item
from ..issues import FINDINGS, Code, Issue
from ..issues.catalogue import Catalogue, Facts
from .values import Example, IssueFacts

EXAMPLES = 5
RANK = {"error": 0, "warning": 1, "info": 2}


class Folded(msgspec.Struct):
    """One (code, column) while it is being counted."""

    code: str
    column: str | None
    position: str | None
    count: int
    every: bool
    examples: list[Example]
    details: dict[str, str]
    lines: list[int]


class Around(msgspec.Struct, frozen=True):
    """What grading and wording ask for.

    told: whether the item was told or set. filled: column → filled cells; rows: rows of the table.
    header: line of the header, where a heading's cell stands.
    """

    item: Item | None
    told: bool
    filled: Mapping[str, int]
    rows: int
    header: int | None


def as_findings(issues: Sequence[Issue]) -> pl.DataFrame:
    """Issues of file, header and table as FINDINGS, one line each."""
    rows = [
        (
            one.place.line,
            one.place.position,
            one.place.column,
            one.place.label,
            str(one.code),
            one.found,
            one.suggested,
            one.confidence,
        )
        for one in issues
    ]
    return pl.DataFrame(rows, schema=FINDINGS, orient="row")


def fold(
    issues: Sequence[Issue], findings: pl.DataFrame, catalogue: Catalogue, around: Around
) -> list[IssueFacts]:
    """The report's issues, gravest first, then in the catalogue's order."""
    folded: dict[tuple[str, str | None], Folded] = {}
    for issue in issues:
        _add(folded, issue, around)
    for one in _counted(findings, around):
        key = (one.code, one.column)
        if key in folded:
            before = folded[key]
            before.count += one.count
            before.examples = [*before.examples, *one.examples][:EXAMPLES]
            before.lines = before.lines or one.lines
        else:
            folded[key] = one
    order = {str(code): at for at, code in enumerate(catalogue)}
    facts = [(order[one.code], _facts(one, catalogue, around)) for one in folded.values()]
    # Sorting is stable: within a code the order of the file's columns stays.
    return [fact for _, fact in sorted(facts, key=lambda pair: (RANK[pair[1].severity], pair[0]))]


def _add(folded: dict[tuple[str, str | None], Folded], issue: Issue, around: Around) -> None:
    place = issue.place
    line = place.line if place.line is not None or place.position is None else around.header
    cell = f"{place.position}{line}" if place.position and line is not None else None
    example = Example(line, cell, issue.found, issue.suggested, issue.confidence)
    key = (str(issue.code), place.column)
    shown = any(part is not None for part in (line, issue.found, issue.suggested))
    if key in folded:
        before = folded[key]
        before.count += issue.count
        if shown and len(before.examples) < EXAMPLES:
            before.examples.append(example)
        return
    folded[key] = Folded(
        str(issue.code),
        place.column,
        place.position,
        issue.count,
        issue.every_row,
        [example] if shown else [],
        issue.details,
        [line] if line is not None else [],
    )


def _counted(findings: pl.DataFrame, around: Around) -> list[Folded]:
    if not findings.height:
        return []
    groups = findings.group_by("code", "column", maintain_order=True).agg(
        pl.len().alias("count"),
        *(pl.col(name).head(EXAMPLES) for name in ("line", "position", "found", "suggested", "confidence")),
    )
    out: list[Folded] = []
    for code, column, count, lines, positions, found, suggested, sure in groups.iter_rows():
        examples = [
            Example(
                line, f"{position}{line}" if position and line is not None else None, text, offer, confidence
            )
            for line, position, text, offer, confidence in zip(
                lines, positions, found, suggested, sure, strict=True
            )
        ]
        total = (
            around.rows
            if code == Code.VALUE_MISSING or column is None
            else around.filled.get(column, around.rows)
        )
        every = count > 1 and count >= total
        known = [line for line in lines if line is not None]
        out.append(Folded(code, column, positions[0], count, every, examples, {}, known))
    return out


def _facts(one: Folded, catalogue: Catalogue, around: Around) -> IssueFacts:
    block = catalogue[one.code]
    column = next((c for c in around.item.columns if c.name == one.column), None) if around.item else None
    official = column is not None and column.need.level == "required" and column.need.evidence == "official"
    soft = column is not None and (
        not column.closed if one.code == Code.VALUE_NOT_LISTED else column.need.level != "required"
    )
    first = one.examples[0] if one.examples else Example(None, None, None, None, None)
    facts = Facts(
        one.code,
        one.count,
        one.every,
        one.column or one.details.get("heading"),
        column.label.en if column else None,
        column.example if column else None,
        tuple(one.lines),
        first.cell,
        first.found,
        first.suggested,
        one.details,
    )
    ja, en = catalogue.sentence(facts, "ja"), catalogue.sentence(facts, "en")
    return IssueFacts(
        one.code,
        block.graded(official=official, told=around.told, soft=soft),
        block.owner,
        one.column,
        one.position,
        one.count,
        one.every,
        block.checklist,
        {"ja": ja[0], "en": en[0]},
        {"ja": ja[1], "en": en[1]},
        one.examples,
    )
