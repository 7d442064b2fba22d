"""Whether a body can be opened at all; what it holds is the check's to say."""

import io
import zipfile

ZIP, OLE = b"PK", b"\xd0\xcf\x11\xe0"
LOCKED = "EncryptedPackage".encode("utf-16-le")  # a workbook behind a password
ENCRYPTED = 1  # bit of a zip entry's flags


def opens(body: bytes) -> bool:
    """False for nothing at all, for archives and workbooks that are cut, broken or behind a password."""
    if not body:
        return False
    if body.startswith(OLE):
        return LOCKED not in body
    if not body.startswith(ZIP):
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return not any(entry.flag_bits & ENCRYPTED for entry in packed.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
