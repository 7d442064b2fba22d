"""What became of each file, and the words of fates and reasons."""

from collections.abc import Sequence
from functools import cache
from typing import get_args

import polars as pl
import yaml

from ..data import folder
from ..definitions.model import Words
from .editions import Standing
from .values import OUTCOMES, Fate, InputFile, Note

FATES: tuple[Fate, ...] = get_args(Fate)
BY_VERDICT: dict[str, Fate] = {"other": "other", "unreadable": "unreadable", "unchecked": "unchecked"}


@cache
def words() -> dict[str, Words]:
    """Fates, reasons and notes in both languages, by name."""
    source = yaml.safe_load((folder("schemas") / "issues" / "merge.yaml").read_text("utf-8"))
    return {
        name: Words(ja=texts["ja"], en=texts["en"])
        for group in source.values()
        for name, texts in group.items()
    }


def reasons() -> dict[str, tuple[str, str]]:
    """Every word of fates and reasons as (Japanese, English)."""
    return {name: (texts.ja, texts.en) for name, texts in words().items()}


def at_first(file: InputFile, item: str) -> Fate | None:
    """The fate of a file that is no input, or None where it is to be read."""
    if file.fate:
        return file.fate
    if fate := BY_VERDICT.get(file.verdict):
        return fate
    if file.item != item:
        return "other_item" if file.item else "other"
    if file.table is None:
        return "invalid" if file.verdict == "invalid" else "empty"
    return None


def in_the_end(file: InputFile, read: int, merged: int, held: bool, standing: Standing | None) -> Fate:
    """The fate of a file that was read: `read` of its rows came in, `merged` stand in the table."""
    if held:
        return "held"
    if merged:
        return "included" if merged == read else "included_in_part"
    if standing and standing.to is not None:
        return "twin" if standing.why == "twin" else "superseded"
    if not read:
        return "empty"
    return (
        "invalid" if file.verdict == "invalid" else "included_in_part" if standing is None else "superseded"
    )


def outcomes(
    item: str, files: Sequence[InputFile], fates: Sequence[Fate], counts: pl.DataFrame, notes: Sequence[Note]
) -> pl.DataFrame:
    """OUTCOMES, most rows at stake first.

    counts: one line a file, in order: read, merged, repaired, quarantined. notes: told beside the fate
    of each file of their publisher.
    """
    told: dict[str, list[str]] = {}
    for note in notes:
        told.setdefault(note.municipality, []).append(note.code)
    columns = {
        "municipality_code": [file.municipality for file in files],
        "municipality": [file.municipality_name for file in files],
        "dataset": [file.dataset for file in files],
        "resource": [file.resource for file in files],
        "url": [file.url for file in files],
        "sha256": [file.sha256 for file in files],
        "item": [item] * len(files),
        "fate": list(fates),
        "verdict": [file.verdict for file in files],
        "edition": [file.edition for file in files],
        "definitions": [file.definitions for file in files],
        "rows_total": [file.rows_total for file in files],
        "rows_merged": counts["merged"],
        "rows_repaired": counts["repaired"],
        "rows_quarantined": counts["quarantined"],
        "rows_dropped": counts["read"] - counts["merged"],
        "date": [file.date or file.fetched[:10] for file in files],
        "reason": [
            _sentence([file.reason, fate, *told.get(file.municipality, ())])
            for file, fate in zip(files, fates, strict=True)
        ],
    }
    frame = pl.DataFrame(columns, schema=OUTCOMES)
    frame = frame.with_columns(
        pl.max_horizontal("rows_total", counts["read"].cast(pl.Int64)).alias("rows_total")
    )
    at_stake = pl.col("rows_total") - pl.col("rows_merged")
    return frame.sort(
        at_stake, "municipality_code", "dataset", "resource", "sha256", descending=[True, *[False] * 4]
    )


def aside(files: Sequence[InputFile]) -> pl.DataFrame:
    """OUTCOMES of files that belong to no item."""
    fates: list[Fate] = [at_first(file, "") or "other" for file in files]
    nothing = dict.fromkeys(("read", "merged", "repaired", "quarantined"), [0] * len(files))
    return outcomes("", files, fates, pl.DataFrame(nothing, schema=dict.fromkeys(nothing, pl.Int64)), ())


def _sentence(names: Sequence[str]) -> str:
    """The words of these names in both languages; a reason given in free text stays as it is."""
    known = words()
    texts = [known[name] for name in dict.fromkeys(names) if name in known]
    free = [name for name in names if name and name not in known]
    return " ".join([*free, "".join(text.ja for text in texts), " ".join(text.en for text in texts)])
