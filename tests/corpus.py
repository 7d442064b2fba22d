"""What the engine makes of a folder of real files: verdicts, items, headings, against what is known to be true.

`python -m tests.corpus FOLDER [--synonyms F.csv] [--verbose]`. FOLDER holds inventory.csv (file, item_number,
header_variant, encoding, path_in_repo, municipality_code, repo, sha256) or just files. What the inventory has
wrong is mended in tests/truth/items.csv, with reasons. Prints one line a figure; exit code 1 after a crash.
The verdicts are kept in var/corpus.json with the hash of the rule book; where that has changed since the last
run, the files whose verdict changed are named, the newly condemned ones first.
"""

import argparse
import csv
import json
import os
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

from ckanext.jichitai.core import examine, load
from ckanext.jichitai.core.check.values import Examined, Told
from ckanext.jichitai.core.definitions.model import RuleBook

from .synonyms import score_headings

TRUTH = Path(__file__).parent / "truth" / "items.csv"
ENCODINGS = {"utf-8-bom": "utf-8-sig", "cp932(shift_jis)": "cp932"}
CONDEMNED = ("invalid", "unreadable", "partial")
Row = dict[str, str]


def rows_of(folder: Path) -> list[Row]:
    """The inventory, or the files of a folder without one."""
    listed = folder / "inventory.csv"
    if listed.exists():
        with listed.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))
    return [
        {"file": str(path.relative_to(folder)), "path_in_repo": path.name}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]


def truth_of(row: Row, book: RuleBook, mended: dict[str, str]) -> str | None:
    """Item id, "" for none of the items, None where nobody knows."""
    if row.get("sha256") in mended:
        return mended[row["sha256"]]
    if "item_number" not in row:
        return None
    numbers = {f"{item.number:02d}": item.id for item in book.items.values()}
    return numbers.get(row["item_number"], "")


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--synonyms", type=Path, help="canonical_header, variant_header: true heading pairs")
    parser.add_argument("--verbose", action="store_true", help="name every file that is not right")
    asked = parser.parse_args()
    book = load()
    with TRUTH.open(encoding="utf-8", newline="") as stream:
        mended = {row["sha256"]: row["item"] for row in csv.DictReader(stream)}
    count: Counter[str] = Counter()
    verdicts: Counter[str] = Counter()
    now: dict[str, str] = {}
    numbered: list[tuple[Row, bytes, str]] = []
    started = time.perf_counter()
    for row in rows_of(asked.folder):
        data = (asked.folder / row["file"]).read_bytes()
        name = row["path_in_repo"].rsplit("/", 1)[-1]
        try:
            done = examine(name, data, book, Told())
        except Exception:
            count["crashes"] += 1
            if count["crashes"] <= 3:
                traceback.print_exc()
            continue
        verdicts[done.report.verdict] += 1
        now[row["file"]] = done.report.verdict
        truth = truth_of(row, book, mended)
        if truth:
            numbered.append((row, data, truth))
        _count(count, row, done, truth, asked.verbose)
    seconds = time.perf_counter() - started
    _print(count, verdicts, seconds)
    _compare(now, book.digest)
    if asked.synonyms:
        for line in score_headings(numbered, asked.synonyms, book):
            print(line)
    return 1 if count["crashes"] else 0


def _count(count: Counter[str], row: Row, done: Examined, truth: str | None, verbose: bool) -> None:
    """Add one file's outcome."""
    report = done.report
    count["files"] += 1
    facts = report.rows
    count["rows kept apart"] += facts.total != facts.valid + facts.repaired + facts.quarantined
    if report.file.encoding and row.get("encoding"):
        count["text"] += 1
        right = report.file.encoding == ENCODINGS.get(row["encoding"], row["encoding"])
        count["encoding right"] += right
    if truth is None:
        return
    taken = report.item.id if report.item else None
    three = [taken] if taken else [one.id for one in report.candidates]
    kind = "own" if row["header_variant"] == "own" else "standard"
    if truth:
        count[kind] += 1
        count[f"{kind} right"] += taken == truth
        count[f"{kind} among three"] += truth in three
    wrong = bool(taken) and taken != truth
    count["confidently wrong"] += wrong
    if verbose and (
        wrong or (truth and kind == "standard" and taken != truth) or (truth and truth not in three)
    ):
        scores = [(one.id, one.score) for one in report.candidates] or (
            taken,
            report.item and report.item.score,
        )
        print(f"{kind:9} {truth or '-':24} {row['file']}: {scores}")


def _compare(now: dict[str, str], digest: str) -> None:
    """Name the files whose verdict is another one than under the last rule book, and keep this run's."""
    place = Path(os.environ.get("VAR", "var")) / "corpus.json"
    if place.exists():
        last = json.loads(place.read_text("utf-8"))
        changed = [
            (file, last["verdicts"][file], verdict)
            for file, verdict in now.items()
            if last["verdicts"].get(file, verdict) != verdict
        ]
        print(
            f"rule book                       {last['definitions']} → {digest}, {len(changed)} verdicts changed"
        )
        for file, before, after in sorted(changed, key=lambda row: (row[2] not in CONDEMNED, row)):
            print(f"  {before} → {after}  {file}")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(
        json.dumps({"definitions": digest, "verdicts": now}, ensure_ascii=False), encoding="utf-8"
    )


def _print(count: Counter[str], verdicts: Counter[str], seconds: float) -> None:
    def share(part: str, whole: str) -> str:
        return f"{count[part]} of {count[whole]} = {count[part] / max(1, count[whole]):.1%}"

    print(f"crashes                         {count['crashes']}")
    print(f"verdicts                        {dict(verdicts.most_common())}")
    print(f"encoding right                  {share('encoding right', 'text')}")
    print(f"files whose rows do not add up  {count['rows kept apart']}")
    print(f"item right, current or former   {share('standard right', 'standard')}")
    print(f"own layout, among three         {share('own among three', 'own')}")
    print(f"own layout, taken and right     {share('own right', 'own')}")
    print(f"confidently wrong               {share('confidently wrong', 'files')}")
    print(f"files a second                  {count['files'] / seconds:.1f}")


if __name__ == "__main__":
    sys.exit(main())
