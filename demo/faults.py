"""Faults of a whole site, switched on by port: what a source does when it is not well."""

import time
from typing import Literal, get_args

Fault = Literal["down", "slow", "html", "empty", "not_json", "error", "shrink"]
KINDS: tuple[str, ...] = get_args(Fault)

MAINTENANCE = "<!doctype html><title>メンテナンス中</title><p>ただいまメンテナンス中です。".encode()


def parse(text: str) -> tuple[int, Fault]:
    """`PORT:KIND`. Raises ValueError naming the kinds."""
    port, _, kind = text.partition(":")
    if kind not in KINDS or not port.isdigit():
        raise ValueError(f"{text}: write PORT:KIND, with one of {', '.join(KINDS)}")
    return int(port), kind


def played(fault: Fault, target: str) -> tuple[int, str, bytes] | None:
    """The answer of an ill site; None where this fault lets the request through.

    Raises ConnectionAbortedError for a site that is down.
    """
    if fault == "down":
        raise ConnectionAbortedError
    if fault == "slow":
        time.sleep(600)
    if fault == "html":
        return 200, "text/html; charset=utf-8", MAINTENANCE
    if fault == "not_json":
        return 200, "application/json", b'{"success": true, "result": {"count"'
    if fault == "error":
        return 500, "text/plain", b"Internal Server Error"
    if fault == "empty" and "package_search" in target:
        return 200, "application/json", b'{"success": true, "result": {"count": 0, "results": []}}'
    return None
