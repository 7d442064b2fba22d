"""A harvest from end to end. The order stands here; what each step does stands in its own file.

lock → list (servers side by side, in threads) → plan, guard, store, apply (one source after the
other) → index → files → outcomes. With `dry`, plans are made and nothing is written anywhere.
"""

import datetime as dt
import hashlib
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any

from ckan import model

from ckanext.jichitai.bridge import archive
from ckanext.jichitai.bridge.fetcher import fetcher
from ckanext.jichitai.bridge.lock import advisory
from ckanext.jichitai.bridge.rulebook import book, now
from ckanext.jichitai.bridge.signals import dataset_changed
from ckanext.jichitai.core.catalog.lexicon import Lexicon
from ckanext.jichitai.core.catalog.values import Request, Source
from ckanext.jichitai.net import Answer, Fetcher

from . import config, files, host, hosts, index, ledger, notices, retention, runs, source_run
from .host import Asked, Task
from .listen import Get
from .report import OURS, Report, sentence
from .sources import Known

log = logging.getLogger(__name__)

Tell = Callable[[str], None]
MONTH = dt.timedelta(days=30)


def harvest(
    chosen: Sequence[Known],
    trigger: str = "due",
    by: str | None = None,
    dry: bool = False,
    wait: bool = False,
    tell: Tell = lambda words: None,
) -> Report | None:
    """Harvest sources; None where another run holds the lock.

    wait: stand in line instead. Raises NoContact where a public server is to be asked and no contact
    is set, LockLost where a pooler loses locks.
    """
    if dry:
        return _dry(chosen, tell)
    with advisory("run", wait=wait) as got:
        if not got:
            return None
        report = Report(runs.begin(trigger, by))
        state = "failed"
        try:
            _run(report, chosen, trigger, tell)
            state = "done"
        finally:
            model.Session.rollback()
            report.memory = runs.peak_memory()
            runs.end(report.run_id, report.exit_code if state == "done" else OURS, report.counts(), state)
    return report


def _run(report: Report, chosen: Sequence[Known], trigger: str, tell: Tell) -> None:
    hosts.recall()
    fetch = fetcher()
    began = time.monotonic()
    _index(report, tell)  # what an interrupted run left behind
    for group in _listings(chosen, fetch, archive.archive().put):
        _source_group(report, group, tell)
        runs.step(report.run_id, f"{len(report.outcomes)}/{len(chosen)}")
    report.seconds["sources"] = time.monotonic() - began
    began = time.monotonic()
    _index(report, tell)
    report.seconds["index"] = time.monotonic() - began
    began = time.monotonic()
    wanted = None if trigger in ("due", "all") else [known.id for known in chosen]
    report.files = files.fetch(report.run_id, _ask_file(fetch), wanted, tell)
    report.seconds["files"] = time.monotonic() - began
    hosts.keep()
    if wanted is None:
        retention.tidy_up()
    notices.remind()
    notices.send()


def _source_group(report: Report, group: list[Asked], tell: Tell) -> None:
    """The sources of one server: first what they answered is noted, then they are planned together."""
    for asked in group:
        runs.answers(report.run_id, asked.known.id, asked.heard.answers)
        if asked.heard.until:
            hosts.wait_for(asked.known.host, asked.heard.until)
    model.Session.commit()
    for asked, planned in source_run.plan_all(group):
        outcome, changed = source_run.finish(report.run_id, asked, planned)
        report.outcomes.append(outcome)
        tell(sentence(outcome))
        for dataset_id in changed:
            dataset_changed.send(dataset_id)
    # CKAN keeps every object of the session; the next source needs none of them.
    model.Session.expunge_all()


def _dry(chosen: Sequence[Known], tell: Tell) -> Report:
    """Only lists and plans: no row, no body, no dataset is written."""
    report = Report()
    hosts.recall()
    for group in _listings(chosen, fetcher(), lambda body: hashlib.sha256(body).hexdigest()):
        for asked, planned in source_run.plan_all(group):
            if planned:
                report.plans.append(planned.plan)
            outcome = source_run.foreseen(asked, planned.plan if planned else None)
            report.outcomes.append(outcome)
            tell(sentence(outcome))
    model.Session.rollback()
    return report


def _listings(chosen: Sequence[Known], fetch: Fetcher, put: Callable[[bytes], str]) -> Iterator[list[Asked]]:
    """Listings by server, as they become whole; servers are asked side by side."""
    resting = hosts.waiting()
    tasks = [Task(known, _live(known.id)) for known in chosen if known.host not in resting]
    for known in chosen:
        if known.host in resting:
            yield [source_run.resting(known, resting[known.host])]
    model.Session.commit()
    lexicon, longest = Lexicon(book()), config.listing_seconds()

    def get_for(source: Source) -> Get:
        return lambda request: _ask(fetch, source, request)

    with ThreadPoolExecutor(max_workers=config.hosts()) as pool:
        jobs = [pool.submit(host.ask, group, lexicon, get_for, put, longest) for group in host.group(tasks)]
        try:
            for job in as_completed(jobs):
                yield job.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _ask(fetch: Fetcher, source: Source, request: Request) -> Answer:
    return fetch.get(
        request.url,
        cap=request.cap,
        accept=request.accept,
        pause=source.pause,
        # A page that robots.txt closes is not read for its links, whoever allowed the rest.
        permitted=source.permission is not None and not request.page,
        page=request.page,
    )


def _ask_file(fetch: Fetcher) -> files.Ask:
    def ask(row: dict[str, Any]) -> Answer:
        # Some servers answer 304 for ever: once a month the whole file is asked for.
        fresh = row["whole"] is not None and now() - row["whole"] < MONTH
        return fetch.get(
            row["url"],
            cap=files.cap_of(row["name"]),
            accept=files.TABLES,
            etag=row["etag"] if fresh else None,
            last_modified=row["last_modified"] if fresh else None,
            file=True,
        )

    return ask


def _index(report: Report, tell: Tell) -> None:
    try:
        report.indexed += index.drain(lambda done: tell(f"{done} datasets indexed"))
    except index.IndexDown as error:
        model.Session.rollback()
        log.warning("The search server does not answer: %s", error)
        report.down = "The search server does not answer. The next run indexes what waits."
        tell(report.down)


def _live(source_id: str) -> frozenset[str]:
    return frozenset(row.remote_id for row in ledger.present(source_id) if row.state == "live")
