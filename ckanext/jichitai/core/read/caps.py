"""How much of a file is looked at; each cap that is hit is a finding, never an exception."""

import msgspec


class Caps(msgspec.Struct, frozen=True):
    """Limits of one reading.

    bytes: of the file. unpacked: bytes of all members of an archive. ratio: unpacked to packed.
    members, sheets, columns: counts. cell: characters of one cell. look: cells up to which a workbook
    gets the second, style-aware look.
    """

    bytes: int = 100_000_000
    unpacked: int = 1_000_000_000
    ratio: int = 200
    members: int = 10_000
    sheets: int = 100
    columns: int = 2_000
    cell: int = 1_000_000
    look: int = 20_000


WEB = Caps()
COMMAND = Caps(bytes=2_000_000_000)
