"""Runs the benchmarks, prints one table, writes VAR/bench.json."""

import importlib
import os
import pkgutil
import sys
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

import benchmarks

from .claim import Claim

APART = {"__main__", "claim", "large"}


def names() -> list[str]:
    """All benchmarks, by module name."""
    return sorted(
        found.name for found in pkgutil.iter_modules(benchmarks.__path__) if found.name not in APART
    )


def main() -> int:
    """0 every bar reached, 1 some not, 2 an unknown name."""
    chosen = sys.argv[1:] or names()
    if unknown := set(chosen) - set(names()):
        print(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(names())}", file=sys.stderr)
        return 2
    table = Table("claim", "ours s", "other", "other s", "ratio", "bar", "")
    claims: list[Claim] = []
    for name in chosen:
        for claim in importlib.import_module(f"benchmarks.{name}").run():
            claims.append(claim)
            word = "x as fast" if claim.kind == "times_faster" else "x as slow"
            table.add_row(
                claim.name,
                f"{claim.ours:.2f}",
                claim.other_is,
                f"{claim.other:.2f}",
                f"{claim.ratio:.1f} {word}",
                f"{claim.bar:g}",
                "reached" if claim.holds else "missed",
            )
    Console().print(table)
    var = Path(os.environ.get("VAR") or "var")
    var.mkdir(parents=True, exist_ok=True)
    lines = [
        {**msgspec.structs.asdict(claim), "ratio": claim.ratio, "holds": claim.holds} for claim in claims
    ]
    (var / "bench.json").write_bytes(msgspec.json.format(msgspec.json.encode(lines), indent=1))
    return 0 if all(claim.holds for claim in claims) else 1


if __name__ == "__main__":
    sys.exit(main())
