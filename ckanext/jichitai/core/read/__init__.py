"""Bytes to a sheet of text: what was there, and what was assumed to read it.

Never raises, loses no row. It knows no item: it is handed the labels that the rule book knows.
"""

from .caps import COMMAND, WEB, Caps
from .read import read
from .sheet import Sheet

__all__ = ["COMMAND", "WEB", "Caps", "Sheet", "read"]
