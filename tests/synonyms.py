"""Heading mapping against true pairs of headings, leaving one publisher out, joined by `term`."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import msgspec

from ckanext.jichitai.core import examine
from ckanext.jichitai.core.check.values import Told
from ckanext.jichitai.core.definitions.model import Item, RuleBook
from ckanext.jichitai.core.fold import fold_label

Row = dict[str, str]
GROUPS = {"new-standard": "current", "old-recommended": "former", "own": "own"}


def publisher(row: Row) -> str:
    """Municipality code, else repository."""
    return row.get("municipality_code") or row.get("repo", "")


def without(book: RuleBook, who: str) -> RuleBook:
    """The rule book without the aliases that only this publisher gave."""
    items: dict[str, Item] = {}
    for name, item in book.items.items():
        columns = tuple(
            msgspec.structs.replace(
                column,
                aliases=tuple(alias for alias in column.aliases if not alias.seen or set(alias.seen) - {who}),
            )
            for column in item.columns
        )
        items[name] = msgspec.structs.replace(item, columns=columns)
    return msgspec.structs.replace(book, items=items, digest=f"{book.digest} without {who}")


def pairs_of(path: Path, book: RuleBook) -> dict[str, frozenset[str]]:
    """Folded heading → terms that it truly means."""
    terms: dict[str, set[str]] = defaultdict(set)
    for item in book.items.values():
        for column in item.columns:
            terms[fold_label(column.name)].add(column.term)
        for layout in item.layouts:
            for column, parts in layout.join.items():
                for part in parts:
                    terms[fold_label(part)].add(item.column(column).term)
    true: dict[str, frozenset[str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            found = terms.get(fold_label(row["canonical_header"]), set())
            true[fold_label(row["variant_header"])] = frozenset(found)
    return true


def score_headings(files: list[tuple[Row, bytes, str]], path: Path, book: RuleBook) -> Iterator[str]:
    """Macro F1 over publishers by group, and the worst ones; then with all aliases on."""
    true = pairs_of(path, book)
    for title, leave in (("leaving one out", True), ("all aliases on", False)):
        books: dict[str, RuleBook] = {}
        totals: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
        misses: dict[tuple[str, str, str], int] = defaultdict(int)
        for row, data, item in files:
            who = publisher(row)
            if who not in books:
                books[who] = without(book, who) if leave else book
            group = GROUPS.get(row["header_variant"], "own")
            _score(row, data, item, books[who], true, totals[group, who], misses)
        for group in ("current", "former", "own"):
            scores = [_f1(*counts) for (kind, _), counts in totals.items() if kind == group and sum(counts)]
            if scores:
                yield f"headings, {title}, {group:8} macro F1 {sum(scores) / len(scores):.3f} over {len(scores)} publishers"
        worst = sorted(misses.items(), key=lambda pair: -pair[1])[:25]
        yield from (
            f"    {count:3} × {label} → {column} (true {terms})" for (label, column, terms), count in worst
        )


def _f1(hit: int, false: int, lost: int) -> float:
    return 2 * hit / (2 * hit + false + lost) if hit or false or lost else 1.0


def _score(
    row: Row,
    data: bytes,
    item: str,
    book: RuleBook,
    true: dict[str, frozenset[str]],
    counts: list[int],
    misses: dict[tuple[str, str, str], int],
) -> None:
    report = examine(row["path_in_repo"].rsplit("/", 1)[-1], data, book, Told(item=item)).report
    terms = {column.name: column.term for column in book.items[item].columns}
    have = set(terms.values())
    for one in report.columns:
        folded = fold_label(one.label)
        if folded not in true:
            continue
        wanted = true[folded] & have
        got = terms[one.column] if one.column else None
        # The item's own heading is right for the item, and so is a part of a column that it splits.
        own = one.how == "exact" or (
            one.how == "former" and sum(other.column == one.column for other in report.columns) > 1
        )
        if got in wanted or own:
            counts[0] += 1
            continue
        if got:
            counts[1] += 1
        if wanted:
            counts[2] += 1
        if got or wanted:
            misses[one.label[:40], str(one.column), ",".join(sorted(wanted)) or "none"] += 1
