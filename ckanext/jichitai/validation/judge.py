"""One check, with the time it may take, and what stands for it when it fails through our fault."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, TimeoutError
from typing import Any

from ckanext.jichitai.bridge import rulebook
from ckanext.jichitai.core.check.values import FileFacts, IssueFacts, Report, RowFacts
from ckanext.jichitai.core.issues import Code
from ckanext.jichitai.core.issues.catalogue import Facts, load_catalogue

log = logging.getLogger(__name__)

# A check that outlives its request goes on here and fills the cache that the job then finds.
POOL = ThreadPoolExecutor(max_workers=4, thread_name_prefix="jichitai-check")


class NotDone(Exception):
    """The check is not done in time."""


def in_time(work: Callable[..., Any], arguments: tuple[Any, ...], seconds: float) -> Any:
    """work(*arguments), in a thread that touches no database. Raises NotDone, or what the work raises."""
    future = POOL.submit(work, *arguments)
    try:
        return future.result(timeout=seconds)
    except TimeoutError:
        raise NotDone from None


def unchecked(name: str, size: int, sha256: str, cause: str) -> Report:
    """The report of a file that we failed to check: never valid, never invalid.

    cause: the exception's name or "timeout"; it goes to the log, not to the reader.
    """
    log.error("check of %s (%s) failed: %s", name, sha256, cause)
    catalogue = load_catalogue()
    words = {lang: catalogue.sentence(Facts(Code.CHECK_FAILED), lang) for lang in ("ja", "en")}
    issue = IssueFacts(
        code=Code.CHECK_FAILED,
        severity=catalogue[Code.CHECK_FAILED].severity,
        owner=catalogue[Code.CHECK_FAILED].owner,
        column=None,
        position=None,
        count=1,
        every_row=False,
        checklist=None,
        message={lang: message for lang, (message, _) in words.items()},
        remedy={lang: remedy for lang, (_, remedy) in words.items()},
        examples=[],
    )
    return Report(
        report=1,
        definitions=rulebook.book().digest,
        file=FileFacts(name, size, sha256, "unknown"),
        item=None,
        candidates=[],
        columns=[],
        missing=[],
        rows=RowFacts(0, 0, 0, 0),
        verdict="unchecked",
        issues=[issue],
    )
