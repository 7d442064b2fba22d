"""Things found wrong: code, place, found; their words stand in schemas/issues/."""

from .code import Code
from .issue import FINDINGS, Confidence, Issue, Place, no_findings

__all__ = ["FINDINGS", "Code", "Confidence", "Issue", "Place", "no_findings"]
