"""Source types, one a file: what to ask for, how to read the answer, what to ask next.

A type opens no socket. `first(source)` names the first request, None where there is nothing to
ask. `read(source, request, body, headers, progress, lexicon)` reads one answer of status 200.
`smaller(request)` names the same request with a smaller answer, None where there is none.
"""

from collections.abc import Mapping
from typing import Protocol

from ..lexicon import Lexicon
from ..values import Page, Progress, Request, Source
from . import arcgis, ckan, dcat, files, html_links, open_data_list


class SourceType(Protocol):
    """What every module of this folder offers."""

    def first(self, source: Source) -> Request | None: ...

    def read(
        self,
        source: Source,
        request: Request | None,
        body: bytes,
        headers: Mapping[str, str],
        progress: Progress,
        lexicon: Lexicon,
    ) -> Page: ...

    def smaller(self, request: Request) -> Request | None: ...


KINDS: dict[str, SourceType] = {
    "ckan": ckan,
    "dcat": dcat,
    "open_data_list": open_data_list,
    "files": files,
    "html_links": html_links,
    "arcgis": arcgis,
}


def kind_of(source: Source) -> SourceType:
    """The module that reads a source."""
    return KINDS[source.type]
