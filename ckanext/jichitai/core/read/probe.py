"""What the bytes are. By content alone: a name and a declared format are only hints.

A .csv may hold a workbook, an .xls a web page, a .dat a workbook: all were met in published files.
"""

import io
import re
import zipfile
import zlib
from typing import Literal

import msgspec

from ..issues import Code
from .caps import Caps
from .sheet import Format

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
PAGE = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|table|title|script)\b",
    re.I | re.S,
)
TABLE_NAME = re.compile(r"\.(?:csv|tsv|txt|xlsx|xlsm|xls)$", re.I)
# In a compound document the names of streams are UTF-16.
LOCKED = "EncryptedPackage".encode("utf-16-le")


class Probe(msgspec.Struct, frozen=True):
    """What the bytes are and how to go on.

    kind: text or workbook to be read, member (read `member` of the archive instead), or none.
    fault: why it cannot be read; None where it can.
    """

    kind: Literal["text", "workbook", "member", "none"]
    format: Format
    fault: Code | None = None
    member: str | None = None
    found: str | None = None


def probe(data: bytes, caps: Caps) -> Probe:
    """Look at the content. Total: any bytes give a Probe."""
    if len(data) > caps.bytes:
        return Probe("none", "unknown", Code.FILE_TOO_LARGE, found=str(len(data)))
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if not start and not data.strip(b"\xef\xbb\xbf\xfe\xff \t\r\n\x00"):
        return Probe("none", "empty", Code.FILE_EMPTY)
    if data.startswith(ZIP):
        return _archive(data, caps)
    if data.startswith(OLE):
        fault = Code.FILE_LOCKED if LOCKED in data[:65536] or LOCKED in data[-65536:] else None
        return Probe("none" if fault else "workbook", "xlsx" if fault else "xls", fault)
    if data.startswith((b"\x09\x08", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00")):
        return Probe("workbook", "xls")
    if start.startswith(b"%PDF"):
        return Probe("none", "pdf", Code.FILE_NOT_A_TABLE, found="PDF")
    if data.startswith(PICTURES) and not _texty(data):
        return Probe("none", "image", Code.FILE_NOT_A_TABLE, found="image")
    if PAGE.match(start):
        return Probe("none", "html", Code.FILE_NOT_A_TABLE, found="HTML")
    if start[:1] in (b"{", b"[") and _json(data):
        return Probe("none", "unknown", Code.FILE_NOT_A_TABLE, found="JSON")
    if start.startswith(b"<?xml"):
        return Probe("none", "unknown", Code.FILE_NOT_A_TABLE, found="XML")
    if not _texty(data):
        return Probe("none", "unknown", Code.FILE_NOT_A_TABLE, found="binary")
    return Probe("text", "csv")


def _json(data: bytes) -> bool:
    """Whether it is JSON: one document, or one a line."""
    try:
        msgspec.json.decode(data.lstrip(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b'{"', b'[{"', b"[["))
    return True


def _texty(data: bytes) -> bool:
    """Whether this can be text: hardly any control characters, NUL only as half of UTF-16."""
    head = data[:65536]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or is_wide(head):
        return True
    controls = sum(head.count(bytes([code])) for code in (*range(1, 8), *range(14, 27), *range(28, 32)))
    if controls > len(head) // 100 + 1:
        return False
    return head.count(0) <= len(head) // 100


def is_wide(head: bytes) -> bool:
    """Whether NUL stands in every other byte of much of the text: UTF-16 without a mark."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    few, many = sorted((even, odd))
    # Characters like 一 (U+4E00) put some into the other half.
    return many > len(head) // 20 and few * 4 < many


def _archive(data: bytes, caps: Caps) -> Probe:
    """A workbook, or an archive with exactly one table in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, UnicodeDecodeError):
        return Probe("none", "zip", Code.FILE_BROKEN)
    unpacked = sum(member.file_size for member in members)
    if (
        len(members) > caps.members
        or unpacked > caps.unpacked
        or unpacked > caps.ratio * max(len(data), 50_000)
    ):
        return Probe("none", "zip", Code.FILE_TOO_LARGE, found=str(unpacked))
    names = {member.filename for member in members}
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return Probe("workbook", "xlsx")
    if "content.xml" in names and "mimetype" in names:
        return Probe("workbook", "unknown")
    inner = [member for member in members if TABLE_NAME.search(member.filename) and not member.is_dir()]
    inner = [member for member in inner if not member.filename.startswith("__MACOSX/")]
    if len(inner) != 1:
        return Probe("none", "zip", Code.FILE_NOT_A_TABLE, found=f"ZIP ({len(inner)})")
    if inner[0].flag_bits & 1:
        return Probe("none", "zip", Code.FILE_LOCKED)
    return Probe("member", "zip", member=inner[0].filename)


def unpack(data: bytes, member: str, caps: Caps) -> bytes | None:
    """The bytes of one member, or None where it does not come out whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(member) as stream:
            inner = stream.read(caps.unpacked + 1)
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        KeyError,
        zlib.error,
    ):
        return None
    return inner if len(inner) <= caps.unpacked else None
