"""Tables, reports and forms for other programs: one name a format, imported when first asked for.

TABLES: format → module with `write(rows, item, book, out, form)`, core/export/form.py.
REPORTS: form of a report → module with `render(…)`.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType


class Formats(Mapping[str, ModuleType]):
    """Name → module beside this one."""

    def __init__(self, modules: dict[str, str]):
        self.modules = modules

    def __getitem__(self, name: str) -> ModuleType:
        return import_module(f".{self.modules[name]}", __name__)

    def __iter__(self) -> Iterator[str]:
        return iter(self.modules)

    def __len__(self) -> int:
        return len(self.modules)


TABLES = Formats(
    {
        "csv": "csv",
        "xlsx": "xlsx",
        "geojson": "geojson",
        "parquet": "parquet",
        "jsonld": "jsonld",
        "ngsi-ld": "ngsi_ld",
    }
)
REPORTS = Formats(
    {
        "text": "text",
        "json": "json",
        "html": "html",
        "findings": "findings",
        "marked": "marked",
        "fixed": "fixed",
    }
)
