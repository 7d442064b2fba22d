"""A body read piece by piece: unpacked, counted, and given up in time.

A body that was cut is not an answer: urllib3 holds it against its length, we against the gzip trailer.
"""

import zlib
from collections.abc import Iterator
from typing import Any

from .answer import Refused

PIECE = 65536
RATIO = 200
SPARE = 1_000_000  # bytes below which a high ratio is harmless


def pieces(raw: Any) -> Iterator[bytes]:
    """The body as it comes over the wire. raw: urllib3's response; one read never waits for the next."""
    while piece := raw.read1(PIECE, decode_content=False):
        yield piece


def unpack(parts: Iterator[bytes], coding: str, length: int | None, cap: int) -> bytes:
    """The whole body.

    coding: Content-Encoding. length: Content-Length, None where it was not told. cap: bytes, unpacked.
    Raises Refused: too_big over the cap or 200 : 1; bad_answer where it was cut or packed otherwise.
    """
    coding = coding.strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise Refused("bad_answer", f"Content-Encoding {coding}")
    unzip = _Gunzip(cap) if coding.endswith("gzip") else None
    if length is not None and not unzip and length > cap:
        raise Refused("too_big", f"{length} bytes")
    found, came = bytearray(), 0
    for part in parts:
        came += len(part)
        found += unzip.take(part, came, len(found)) if unzip else part
        if len(found) > cap:
            raise Refused("too_big", f"over {cap} bytes")
    if unzip and came and not unzip.ended:
        raise Refused("bad_answer", "gzip was cut", again=True)
    return bytes(found)


class _Gunzip:
    """gzip members one after another, never more at once than fits under the cap."""

    def __init__(self, cap: int) -> None:
        self._cap = cap
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)

    @property
    def ended(self) -> bool:
        return self._member.eof

    def take(self, part: bytes, came: int, held: int) -> bytes:
        found = bytearray()
        try:
            while part:
                if self._member.eof:
                    self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
                found += self._member.decompress(part, self._cap - held - len(found) + 1)
                total = held + len(found)
                if total > self._cap:
                    raise Refused("too_big", f"over {self._cap} bytes unpacked")
                if total > SPARE and total > came * RATIO:
                    raise Refused("too_big", f"unpacks {total // came} : 1")
                part = self._member.unconsumed_tail or self._member.unused_data
        except zlib.error as fault:
            raise Refused("bad_answer", f"gzip: {fault}") from fault
        return bytes(found)
