"""Actions: CKAN's two that every upload ends in, chained; and our own about checks and reports."""

from .chain import package_create, package_update
from .check import jichitai_check
from .mapping import jichitai_mapping_delete, jichitai_mapping_list
from .report import jichitai_report_list, jichitai_report_show

__all__ = [
    "jichitai_check",
    "jichitai_mapping_delete",
    "jichitai_mapping_list",
    "jichitai_report_list",
    "jichitai_report_show",
    "package_create",
    "package_update",
]
