"""Which columns of an item tell what: number, name, address, place, day. By role, type or term."""

import msgspec

from ..definitions.model import Column, Item

LOCATED = "locatedLocalGovernmentCode"
ADDRESS = "fullAddress"
DATED = ("modified", "datasetModified", "fileModified")
NUMBERS = ("area_code", "id")  # types that number a thing and do not name it
WANTED = ("required", "recommended")


class Roles(msgspec.Struct, frozen=True):
    """Names of an item's columns by what they tell; None or empty where it has no such column.

    ids: the publisher's own number of the row (the key without the publisher's code).
    name, address: what people call it, and where it is. phone: the first of that type.
    located: code of the municipality it lies in. dated: day of the row itself.
    latitude, longitude: degrees. period: what a series is dated by. wanted: required and recommended.
    """

    ids: tuple[str, ...]
    name: str | None
    address: str | None
    phone: str | None
    located: str | None
    dated: str | None
    latitude: str | None
    longitude: str | None
    period: str | None
    wanted: tuple[str, ...]


def roles(item: Item) -> Roles:
    """The roles of the item's columns."""
    types = {column.name: column.type for column in item.columns}
    name = next((one for one in item.identity if types.get(one) not in NUMBERS), None)
    # A key whose only number is the name itself tells no more than the name.
    ids = tuple(one for one in item.key if types.get(one) != "area_code" and one != name)
    latitude, longitude = item.position or (None, None)
    return Roles(
        ids=ids,
        name=name,
        address=_named(item.by_term(ADDRESS)) or next((one for one in item.identity if one != name), None),
        phone=next((column.name for column in item.columns if column.type == "phone"), None),
        located=_named(item.by_term(LOCATED)),
        dated=next((column.name for term in DATED if (column := item.by_term(term))), None),
        latitude=latitude,
        longitude=longitude,
        period=item.period if item.keeps == "series" else None,
        wanted=tuple(column.name for column in item.columns if column.need.level in WANTED),
    )


def _named(column: Column | None) -> str | None:
    return column.name if column else None
