"""A report as JSON, version 1: one line, keys in the order of the contract."""

import msgspec

from ..check.values import Report


def render(report: Report) -> bytes:
    """UTF-8 without a line end."""
    return msgspec.json.encode(report)
