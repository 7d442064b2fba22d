"""All sources of one server, one after the other, in a thread of their own."""

from collections.abc import Callable, Sequence

import msgspec

from ckanext.jichitai.core.catalog.lexicon import Lexicon
from ckanext.jichitai.core.catalog.values import Listing, Source
from ckanext.jichitai.net import NoContact

from .listen import Get, Heard, Put, listen
from .sources import Known

# What the server as a whole answers: the next source of it would hear the same.
OF_SERVER = ("unreachable", "timeout", "tls", "blocked", "robots", "unsafe_address")
ENOUGH = 2  # sources in a row that fail so; the others of the server are not asked in this run


class Task(msgspec.Struct, frozen=True):
    """A source to ask, with the remote ids that are live in the catalog."""

    known: Known
    live: frozenset[str] = frozenset()


class Asked(msgspec.Struct, frozen=True):
    """What came of a source: its listing, or the fault of ours that kept us from asking."""

    known: Known
    heard: Heard
    broken: str = ""


def group(tasks: Sequence[Task]) -> list[list[Task]]:
    """Tasks by server, in their order; sources without an address stand alone."""
    found: dict[str, list[Task]] = {}
    for task in tasks:
        found.setdefault(task.known.host or f"source {task.known.id}", []).append(task)
    return list(found.values())


def ask(
    tasks: Sequence[Task], lexicon: Lexicon, get_for: Callable[[Source], Get], put: Put, longest: float
) -> list[Asked]:
    """Every source of a server. One that breaks leaves the others alone."""
    done: list[Asked] = []
    refused, fault, until = 0, "", 0.0
    for task in tasks:
        source = task.known.settings
        if until or refused >= ENOUGH:
            listing = Listing(source.id, (), fault=fault, detail="the server as a whole")
            done.append(Asked(task.known, Heard(listing, [], until=until)))
            continue
        try:
            heard = listen(source, lexicon, task.live, get_for(source), put, longest)
        except NoContact:
            raise
        except Exception as error:  # our own fault: told as such, and the other sources go on
            done.append(
                Asked(task.known, Heard(Listing(source.id, ()), []), f"{type(error).__name__}: {error}")
            )
            continue
        done.append(Asked(task.known, heard))
        fault = heard.listing.fault or ""
        refused = refused + 1 if fault in OF_SERVER and not heard.listing.records else 0
        until = heard.until if fault == "busy" else 0.0
    return done
