"""What there is to say about headings: missing, unknown, unnamed, doubled, renamed, guessed, empty."""

from collections.abc import Sequence

from ..definitions.model import Column, Item
from ..issues import Code, Issue, Place
from .columns import ColumnMap, Mapped

RENAMED = frozenset({"alias", "former", "prefix", "folded"})


def header_issues(
    item: Item, found: ColumnMap, positions: Sequence[str], filled: Sequence[float], rows: int
) -> list[Issue]:
    """Issues of the headings. positions, filled: by place of the heading. rows: of the table."""
    issues: list[Issue] = []
    for heading in found.headings:
        issues.extend(_heading(item, heading, positions[heading.at], filled[heading.at] if rows else None))
    issues.extend(
        Issue(Code.COLUMN_MISSING, Place(column=column.name, label=column.name), details=_about(column))
        for column in missing(item, found)
    )
    unknown = [one.label for one in found.headings if one.column is None and one.label and not one.twin]
    if item.partial and unknown:
        issues.append(Issue(Code.DEFINITION_INCOMPLETE, found="、".join(unknown[:5]), count=len(unknown)))
    return issues


def missing(item: Item, found: ColumnMap) -> list[Column]:
    """Required and recommended columns that no heading names."""
    there = found.places()
    return [c for c in item.columns if not c.own and c.need.level != "optional" and c.name not in there]


def _heading(item: Item, one: Mapped, position: str, filled: float | None) -> list[Issue]:
    label = one.label
    place = Place(position=position, column=one.column, label=label)
    issues: list[Issue] = []
    if not label:
        issues.append(Issue(Code.COLUMN_UNNAMED, Place(position=position)))
    if one.column is None:
        if one.twin:
            named = Place(position=position, column=one.twin, label=label)
            issues.append(Issue(Code.COLUMN_DOUBLED, named, found=label, confidence="ask"))
        elif label and not item.partial:
            issues.append(Issue(Code.COLUMN_UNKNOWN, Place(position=position, label=label), found=label))
        return issues
    if one.ask:
        issues.append(Issue(Code.COLUMN_MEANING_CHANGED, place, label, one.column, "ask"))
    elif one.how == "values":
        issues.append(Issue(Code.COLUMN_BY_VALUES, place, label, one.column, "likely"))
    elif one.how in RENAMED:
        issues.append(Issue(Code.COLUMN_FORMER, place, label, one.column, "safe"))
    if filled == 0 and item.column(one.column).need.level != "required":
        issues.append(Issue(Code.COLUMN_EMPTY, place, found=label))
    return issues


def _about(column: Column) -> dict[str, str]:
    """Words for the sentence: what the column is for, an example."""
    return {
        "note_ja": column.note.ja if column.note else "",
        "note_en": column.note.en if column.note else "",
        "example": column.example or "",
        "label_en": column.label.en,
    }
