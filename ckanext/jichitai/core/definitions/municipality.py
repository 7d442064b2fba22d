"""Municipalities: schemas/municipalities/."""

from typing import Literal

from .strict import Strict, Words


class Municipality(Strict, frozen=True):
    """A municipality: 6-digit code, slug, names, kind (ward, city, town, village, metropolis), place.

    latitude, longitude: of its office, degrees (JGD2011). matrix: false for a body that stands
    apart from the matrix (Tokyo's own bureaus).
    """

    code: str
    slug: str
    name: str
    kana: str
    name_en: str
    kind: Literal["ward", "city", "town", "village", "metropolis"]
    area: Literal["wards", "tama", "islands", "metropolis"]
    latitude: float
    longitude: float
    url: str | None = None
    hiragana: str | None = None
    matrix: bool = True
    portal: str | None = None
    prefecture: str = ""


class MunicipalityFile(Strict, frozen=True):
    """A file of schemas/municipalities/: all bodies of one prefecture."""

    prefecture: Words
    municipalities: tuple[Municipality, ...]
