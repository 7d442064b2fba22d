"""Front door of the core: load, examine, plan, consolidate, coverage; nothing else is public.

Values in, values out: no CKAN, network, clock, locale or environment. What was told and the day
are arguments. Heavy parts are imported when first asked for, so that the command starts quickly.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .catalog.plan import plan as plan
    from .check.examine import examine as examine
    from .definitions.load import load as load
    from .merge.consolidate import consolidate as consolidate
    from .merge.coverage import coverage as coverage

DOORS = {
    "load": ".definitions.load",
    "examine": ".check.examine",
    "plan": ".catalog.plan",
    "consolidate": ".merge.consolidate",
    "coverage": ".merge.coverage",
}


def __getattr__(name: str) -> object:
    if name in DOORS:
        return getattr(import_module(DOORS[name], __name__), name)
    raise AttributeError(name)
