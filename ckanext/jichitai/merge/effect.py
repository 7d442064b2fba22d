"""What a checked file would do: the same merge, over one municipality's part, nothing stored."""

from typing import Any

import msgspec
import polars as pl

from ckanext.jichitai.bridge.rulebook import book, now
from ckanext.jichitai.core import consolidate
from ckanext.jichitai.core.check.values import Examined, Told
from ckanext.jichitai.core.merge.effect import effect
from ckanext.jichitai.core.merge.values import History, InputFile

from . import inputs, matrix, reading, releases


def of(checked: Examined, told: Told, resource_id: str | None) -> dict[str, Any] | None:
    """The effect with the cell's state before and after; None without item, municipality or table."""
    report = checked.report
    town = book().municipalities.get(told.municipality or "")
    if report.item is None or town is None or checked.table is None:
        return None
    item = book().items[report.item.id]
    others = [
        reading.input_file(claim)
        for claim in reading.claims(inputs.sources(town.code))
        if claim.item == item.id and claim.source.resource != resource_id
    ]
    last = releases.current(item.id)
    before = releases.rows_of(last)
    if before is not None:
        before = before.filter(pl.col("src_municipality_code") == town.code)
    new = InputFile(
        municipality=town.code,
        municipality_name=town.name,
        dataset="",
        resource=resource_id or "new",
        url="",
        sha256=report.file.sha256,
        verdict=report.verdict,
        item=item.id,
        format=report.file.format,
        fetched=now().isoformat(),
        date=told.date or "",
        staff=True,
        definitions=book().digest,
        rows_total=report.rows.total,
        table=checked.table,
    )
    # The whole item's count says nothing about one municipality's part.
    merged = consolidate(
        item, book(), [*others, new], before, now().isoformat(), History(approved=frozenset({""}))
    )
    cell = next((one for one in matrix.cells() if (one.municipality, one.item) == (town.code, item.id)), None)
    made = effect(before, merged, town.code)
    return {
        **msgspec.to_builtins(made),
        "state": {"before": cell.state if cell else None, "after": _after(made.held, report.verdict)},
    }


def _after(held: bool, verdict: str) -> str:
    return "held" if held else verdict
