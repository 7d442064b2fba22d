"""The files stage: candidates fetched by server, kept, and handed on by a signal after the commit.

A file that does not come keeps its last good bytes; nothing here decides what a file is.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import groupby
from queue import Empty, SimpleQueue
from threading import Event, Semaphore
from typing import Any
from urllib.parse import unquote

import msgspec
from ckan import model

from ckanext.jichitai.bridge import files as stored
from ckanext.jichitai.bridge.rulebook import now
from ckanext.jichitai.bridge.signals import file_arrived
from ckanext.jichitai.net.answer import Answer

from . import config, links, runs
from .listen import Fetched, fetched
from .opens import opens

MISSING = (404, 410)
CAPS = {".xlsx": 30_000_000, ".xls": 30_000_000}  # bytes, unpacked
CAP = 100_000_000
TABLES = "text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*;q=0.5"

QUESTION = ("url", "name", "etag", "last_modified")  # what decides how a file is asked for

Ask = Callable[[dict[str, Any]], Answer]


class Came(msgspec.Struct):
    """How the files stage went."""

    asked: int = 0
    new: int = 0
    same: int = 0
    failed: dict[str, int] = msgspec.field(default_factory=dict)
    bytes: int = 0


def fetch(run_id: int, ask: Ask, sources: Iterable[str] | None, told: Callable[[str], None]) -> Came:
    """Ask for every file that is due. One transaction a file: each stands by itself."""
    due = links.due(now(), config.files_per_item(), sources)
    came = Came()
    for row, answer, entry in _answers(due, ask, config.hosts()):
        came.asked += 1
        if entry:
            runs.answers(run_id, row["source_id"], [entry], row["resource_id"])
        if _note(row, answer, came):
            file_arrived.send(row["resource_id"])
        if came.asked % 50 == 0:
            told(f"{came.asked} of {len(due)} files")
    return came


def _note(row: dict[str, Any], answer: Answer, came: Came) -> bool:
    """Write what became of one file; whether there are new bytes. Commits."""
    moment = now()
    fault = _fault(answer)
    # What does not open takes the place of nothing that did; where there is nothing, the check tells why.
    if fault and (answer.cls or stored.current(row["resource_id"])):
        state = links.failed(row, moment, fault, answer.status in MISSING)
        if state in ("stale", "gone"):
            stored.mark(row["resource_id"], state, "file_gone" if state == "gone" else fault)
        came.failed[fault] = came.failed.get(fault, 0) + 1
        model.Session.commit()
        return False
    new = False
    if answer.unchanged:
        links.got(row, moment)
        stored.mark(row["resource_id"], "current", last_seen=moment)
    else:
        new = answer.sha256 != row["sha256"] or stored.current(row["resource_id"]) is None
        validators = {"etag": answer.etag or None, "last_modified": answer.last_modified or None}
        links.got(row, moment, sha256=answer.sha256, whole=moment, **validators)
        stored.arrived(
            row["resource_id"],
            row["dataset_id"],
            answer.body,
            name_of(row, answer),
            "harvest",
            answer.url,
            **validators,
        )
        came.bytes += len(answer.body)
    came.new, came.same = came.new + new, came.same + (not new)
    model.Session.commit()
    return new


def _fault(answer: Answer) -> str | None:
    """Class of what is wrong with a file: the network's, a page instead of a file, a body that does not open."""
    if answer.cls:
        return "file_html" if answer.cls == "html_page" else answer.cls
    return None if answer.unchanged or opens(answer.body) else "file_unreadable"


def name_of(row: dict[str, Any], answer: Answer) -> str:
    """The file's name: as the server says, else the end of its address."""
    said = answer.headers.get("content-disposition", "")
    _, found, name = said.partition("filename=")
    plain = name.split(";")[0].strip('" ') if found else ""
    return os.path.basename(plain or unquote(row["name"].split("?")[0])) or "file"


def cap_of(name: str) -> int:
    """Most bytes that are taken of a file of that name."""
    return CAPS.get(os.path.splitext(name.lower())[1], CAP)


def _answers(
    due: list[dict[str, Any]], ask: Ask, hosts: int
) -> Iterator[tuple[dict[str, Any], Answer, Fetched | None]]:
    """Answers as they come: one server one thread, `hosts` of them at once, a few bodies in memory."""
    done: SimpleQueue[tuple[dict[str, Any], Answer, Fetched | None]] = SimpleQueue()
    groups = [list(rows) for _, rows in groupby(due, key=lambda row: row["host"])]
    room, over = Semaphore(2 * hosts), Event()

    def walk(rows: list[dict[str, Any]]) -> None:
        asked: tuple[Any, ...] = ()
        answer = Answer("")
        for row in rows:
            room.acquire()
            if over.is_set():
                return
            began, at, question = time.monotonic(), time.time(), tuple(row[name] for name in QUESTION)
            # Some records name one address in five resources: it is asked for once.
            if question == asked:
                done.put((row, answer, None))
                continue
            answer, asked = ask(row), question
            done.put((row, answer, fetched(answer, "file", row["url"], at, time.monotonic() - began)))

    with ThreadPoolExecutor(max_workers=hosts) as pool:
        futures = [pool.submit(walk, rows) for rows in groups]
        try:
            for _ in due:
                yield _next(done, futures)
                room.release()
        finally:
            # The reader is gone: no thread may wait for room for ever.
            over.set()
            room.release(len(groups) + 1)


def _next(done: SimpleQueue[Any], futures: list[Future[None]]) -> Any:
    """The next answer; a thread that broke is our own failure, and is raised."""
    while True:
        try:
            return done.get(timeout=1)
        except Empty:
            for future in futures:
                if future.done() and (error := future.exception()):
                    raise error from None
