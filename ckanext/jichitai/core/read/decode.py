"""Bytes to text in five strict lines, in a fixed order, without statistics.

Mark → ISO-2022-JP escape → UTF-8 → CP932 → EUC-JP. Two guards: NUL in every other byte is UTF-16;
where CP932 gives mostly half-width kana and EUC-JP fits as well, it is EUC-JP, whose kana CP932 can
always read. All bytes are decoded, so no character is split at a border.
"""

import codecs
import re

import msgspec
import polars as pl

from .probe import is_wide

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
ESCAPES = (b"\x1b$B", b"\x1b$@", b"\x1b(J", b"\x1b(I")
# Text saved once more after a wrong reading: what it was read as, what it was.
TWICE = (("cp932", "utf-8"), ("ansi", "utf-8"), ("ansi", "cp932"))
# Western Windows text, the five bytes that it leaves open taken as they are.
ANSI = {
    ord(bytes([byte]).decode("cp1252")): byte
    for byte in range(128, 160)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
# Without one of these no text was misread: what UTF-8 kana become in CP932, and Western letters.
SIGNS = re.compile("[縺繧繝譁\u0080-\u00ff\u0152-\u0192]")
PIECE = 1 << 22


class Text(msgspec.Struct, frozen=True):
    """Decoded text.

    utf8: the text as UTF-8 without a mark. encoding: what it was, in the contract's words.
    damaged: no rule fitted, U+FFFD stands where bytes were lost. twice: read backwards from a misreading.
    """

    utf8: bytes
    encoding: str
    damaged: bool = False
    twice: bool = False


def decode(data: bytes) -> Text:
    """Decode all bytes. Total."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            codec = (
                "utf-8"
                if encoding == "utf-8-sig"
                else f"utf-16-{'le' if mark == codecs.BOM_UTF16_LE else 'be'}"
            )
            return _as(data[len(mark) :], codec, encoding)
    if is_wide(data[:65536]):
        little = data[1:65536:2].count(0) >= data[0:65536:2].count(0)
        return _as(data, "utf-16-le" if little else "utf-16-be", "utf-16")
    if (
        b"\x1b" in data
        and any(escape in data for escape in ESCAPES)
        and (text := _strict(data, "iso2022_jp_ext")) is not None
    ):
        return Text(text.encode(), "iso-2022-jp")
    if _is_utf8(data):
        return _backwards(data) or Text(data, "utf-8")
    if (text := _strict(data, "cp932")) is not None:
        if _mostly_kana(text) and (other := _strict(data, "euc_jp")) is not None:
            return Text(other.encode(), "euc-jp")
        return Text(text.encode(), "cp932")
    if (text := _strict(data, "euc_jp")) is not None:
        return Text(text.encode(), "euc-jp")
    return _damaged(data)


def _as(data: bytes, codec: str, encoding: str) -> Text:
    """Decode by the codec that a mark or a pattern names, damaged where it does not hold."""
    if codec == "utf-8" and _is_utf8(data):
        return _backwards(data, encoding) or Text(data, encoding)
    text = _strict(data, codec)
    if text is not None:
        return Text(text.encode("utf-8", "replace"), encoding)
    return Text(data.decode(codec, "replace").encode("utf-8", "replace"), encoding, damaged=True)


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _is_utf8(data: bytes) -> bool:
    """Strictly UTF-8."""
    if data.isascii():
        return True
    if len(data) > PIECE:
        return _is_long_utf8(data)
    return _strict(data, "utf-8") is not None


def _is_long_utf8(data: bytes) -> bool:
    """As _is_utf8, piece by piece so that a large file is not held twice; polars looks faster than Python decodes."""
    start = 0
    while start < len(data):
        # No line feed is the second half of a character, in no encoding that could pass.
        end = data.rfind(b"\n", start, start + PIECE) + 1 or data.find(b"\n", start) + 1 or len(data)
        piece = pl.Series([data[start:end]], dtype=pl.Binary)
        if piece.cast(pl.String, strict=False).null_count():
            return False
        start = end
    return True


def _mostly_kana(text: str) -> bool:
    wide = [char for char in text[:200_000] if ord(char) > 0x7F]
    return sum(0xFF61 <= ord(char) <= 0xFF9F for char in wide) * 2 > len(wide)


def _backwards(data: bytes, encoding: str = "utf-8") -> Text | None:
    """Undo a misreading that was saved as UTF-8, if the whole file goes back without a loss."""
    if data.isascii():
        return None
    sample = data[:4096].decode("utf-8", "ignore")
    if not SIGNS.search(sample):
        return None
    for read_as, was in TWICE:
        try:
            # The last character may be the half of one.
            back = _bytes(sample, read_as)[:-4].decode(was, "ignore")
            if not _sensible(back, sample):
                continue
            whole = _bytes(data.decode("utf-8"), read_as).decode(was)
        except UnicodeError:
            continue
        return Text(whole.encode(), encoding, twice=True)
    return None


def _bytes(text: str, codec: str) -> bytes:
    """The bytes that were misread. Raises UnicodeError where the text cannot come from that codec."""
    if codec == "ansi":
        return text.translate(ANSI).encode("latin-1")
    return text.encode(codec)


def _sensible(back: str, text: str) -> bool:
    """Whether the older reading is Japanese and shorter, which chance does not give."""
    japanese = sum("\u3040" <= char <= "\u30ff" or "\u4e00" <= char <= "\u9fff" for char in back)
    foreign = sum(ord(char) > 0x7F for char in back)
    return japanese >= 4 and japanese * 10 >= foreign * 7 and len(back) * 10 < len(text) * 9


def _damaged(data: bytes) -> Text:
    """No rule fits: the reading that loses least."""
    readings = [
        (data.decode(codec, "replace"), name)
        for codec, name in (("utf-8", "utf-8"), ("cp932", "cp932"), ("euc_jp", "euc-jp"))
    ]
    text, name = min(readings, key=lambda reading: reading[0].count("\ufffd"))
    return Text(text.encode(), name, damaged=True)
