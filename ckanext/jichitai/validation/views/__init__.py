"""Pages about checks: /check, a resource's report, /issue/<code>."""

from .check import jichitai_check
from .issue import jichitai_issue
from .report import jichitai_report

__all__ = ["jichitai_check", "jichitai_issue", "jichitai_report"]
