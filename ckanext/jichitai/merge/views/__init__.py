"""Pages of the merged tables, and their files."""

from .changes import jichitai_changes
from .files import jichitai_files
from .holds import jichitai_holds
from .item import jichitai_item
from .map import jichitai_map
from .matrix import jichitai_matrix
from .municipality import jichitai_municipality

__all__ = [
    "jichitai_changes",
    "jichitai_files",
    "jichitai_holds",
    "jichitai_item",
    "jichitai_map",
    "jichitai_matrix",
    "jichitai_municipality",
]
