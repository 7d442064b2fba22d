"""What differs between two releases of a table, as events; and a table with such events applied.

Table A and the events from A to B give table B exactly. Another order, format or encoding of a
file yields no row event: what moves with every republication (MOVES) travels in the file's event.
"""

from typing import Literal

import msgspec
import polars as pl

from .values import MOVES

Kind = Literal["added", "changed", "removed", "restored", "file"]
Cause = Literal["publisher", "rules", "mapping", "precedence", "guard", "withdrawal"]

# body is JSON: the row (added, restored), {column: [old, new]} (changed), the last row (removed),
# {resource, dataset, url, date, old, new, sheet} (file: sha256 before and now, null where there is none).
CHANGES: dict[str, type[pl.DataType]] = {
    "kind": pl.String,
    "cause": pl.String,
    "municipality": pl.String,
    "row_id": pl.String,
    "body": pl.String,
}
LINKING = frozenset({"row_duplicate_of", "row_reason", "row_changed"})
STAYING = frozenset({"row_stale", "row_changed"})


def changes(
    old: pl.DataFrame,
    new: pl.DataFrame,
    outcomes: tuple[pl.DataFrame, pl.DataFrame] | None = None,
    removed_before: frozenset[str] = frozenset(),
) -> pl.DataFrame:
    """Events that lead from `old` to `new`, two tables of one item: CHANGES, by municipality and row.

    outcomes: those of both releases; they tell whose doing a change is, and give the file events.
    removed_before: row ids that an earlier event removed; such a row is restored, not added.
    """
    columns = [name for name in new.columns if name not in MOVES]
    old = conform(old, new)
    sources = _sources(outcomes) if outcomes else {}
    was, now = (table.with_columns(pl.struct(columns).hash().alias("_hash")) for table in (old, new))
    pairs = now.select("row_id", "_hash").join(
        was.select("row_id", pl.col("_hash").alias("_then")), on="row_id", how="full", coalesce=True
    )
    added = new.join(pairs.filter(pl.col("_then").is_null()), on="row_id", how="semi")
    gone = old.join(pairs.filter(pl.col("_hash").is_null()), on="row_id", how="semi")
    other = pairs.filter(pl.col("_hash") != pl.col("_then")).select("row_id")
    frames = [
        _whole(added, sources, removed_before),
        _whole(gone, sources, None),
        _changed(old.join(other, on="row_id"), new.join(other, on="row_id"), columns, sources),
        _files(outcomes, new) if outcomes else pl.DataFrame(schema=CHANGES),
    ]
    return pl.concat(frames).sort("municipality", "row_id", "kind", nulls_last=True, maintain_order=True)


def conform(table: pl.DataFrame, like: pl.DataFrame) -> pl.DataFrame:
    """A table in another's columns: new ones are blank, former ones go."""
    have = set(table.columns)
    return table.select(
        pl.col(name).cast(kind) if name in have else pl.lit(None, kind).alias(name)
        for name, kind in like.schema.items()
    )


def applied(table: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """The table after the events, sorted as tables are. Columns of MOVES keep what they were last told."""
    rows = {row["row_id"]: row for row in table.iter_rows(named=True)}
    for kind, row_id, text in events.select("kind", "row_id", "body").iter_rows():
        body = msgspec.json.decode(text)
        if kind in ("added", "restored"):
            rows[row_id] = dict.fromkeys(table.columns) | body
        elif kind == "removed":
            del rows[row_id]
        elif kind == "changed":
            rows[row_id] |= {column: pair[1] for column, pair in body.items()}
        elif body["new"]:
            for row in rows.values():
                if row["src_resource"] == body["resource"]:
                    row["src_sheet"] = body["sheet"]
    return pl.DataFrame(list(rows.values()), schema=table.schema).sort("src_municipality_code", "row_id")


def _whole(
    rows: pl.DataFrame, sources: dict[str, Cause], removed_before: frozenset[str] | None
) -> pl.DataFrame:
    """Rows that came, or (removed_before None) went, as events with the row in them."""
    if rows.is_empty():
        return pl.DataFrame(schema=CHANGES)
    gone = removed_before is None
    back = pl.col("row_id").is_in(sorted(removed_before or ()))
    kind = pl.lit("removed") if gone else pl.when(back).then(pl.lit("restored")).otherwise(pl.lit("added"))
    cause = pl.col("src_resource").replace_strict(sources, default="publisher", return_dtype=pl.String)
    return rows.select(
        kind.alias("kind"),
        cause.alias("cause"),
        pl.col("src_municipality_code").alias("municipality"),
        "row_id",
        pl.struct(pl.all()).struct.json_encode().alias("body"),
    )


def _changed(
    old: pl.DataFrame, new: pl.DataFrame, columns: list[str], sources: dict[str, Cause]
) -> pl.DataFrame:
    """Rows that stayed and are not the same, each with what differs."""
    before = {row["row_id"]: row for row in old.iter_rows(named=True)}
    lines: list[tuple[str, str, str, str, str]] = []
    for row in new.iter_rows(named=True):
        then = before[row["row_id"]]
        body = {name: [then[name], row[name]] for name in columns if then[name] != row[name]}
        cause = _cause(frozenset(body), sources.get(row["src_resource"], "publisher"))
        text = msgspec.json.encode(body).decode()
        lines.append(("changed", cause, row["src_municipality_code"], row["row_id"], text))
    return pl.DataFrame(lines, schema=CHANGES, orient="row")


def _cause(columns: frozenset[str], source: Cause) -> Cause:
    """Whose doing a changed row is: links and waiting are ours whatever the file did."""
    if columns <= LINKING:
        return "precedence"
    return "guard" if columns <= STAYING else source


def _sources(outcomes: tuple[pl.DataFrame, pl.DataFrame]) -> dict[str, Cause]:
    """Resource → whose doing its rows' changes are."""
    then, now = (frame.select("resource", "sha256", "definitions", "fate") for frame in outcomes)
    both = then.join(now, on="resource", how="full", suffix="_now", coalesce=True)
    return {line["resource"]: _source(line) for line in both.iter_rows(named=True)}


def _source(line: dict[str, str | None]) -> Cause:
    if line["fate"] is None:
        return "publisher"
    if line["fate_now"] in (None, "licence_closed", "excluded", "unreachable"):
        return "withdrawal"
    if line["sha256"] != line["sha256_now"]:
        return "publisher"
    if line["definitions"] != line["definitions_now"]:
        return "rules"
    # Same bytes, same rule book: either another file's rows go first now, or a person told us something.
    return "mapping" if line["fate"] == line["fate_now"] else "precedence"


def _files(outcomes: tuple[pl.DataFrame, pl.DataFrame], rows: pl.DataFrame) -> pl.DataFrame:
    """Files that came, went or have other bytes."""
    # A file that never came here has no bytes to tell of.
    then, now = (frame.with_columns(pl.col("sha256").replace("", None)) for frame in outcomes)
    both = now.join(then.select("resource", pl.col("sha256").alias("old")), on="resource", how="left")
    sheets = rows.group_by("src_resource").agg(pl.col("src_sheet").first().alias("sheet"))
    fresh = both.filter(pl.col("sha256").ne_missing(pl.col("old"))).with_columns(
        pl.col("sha256").alias("new")
    )
    lost = then.join(now, on="resource", how="anti").with_columns(
        pl.col("sha256").alias("old"), pl.lit(None, pl.String).alias("new")
    )
    files = pl.concat([fresh.select(*then.columns, "old", "new"), lost.select(*then.columns, "old", "new")])
    files = files.join(sheets, left_on="resource", right_on="src_resource", how="left").sort("resource")
    body = pl.struct("resource", "dataset", "url", "date", "old", "new", "sheet").struct.json_encode()
    gone = pl.when(pl.col("new").is_null()).then(pl.lit("withdrawal")).otherwise(pl.lit("publisher"))
    return files.select(
        pl.lit("file").alias("kind"),
        gone.alias("cause"),
        pl.col("municipality_code").alias("municipality"),
        pl.lit(None, pl.String).alias("row_id"),
        body.alias("body"),
    )
