"""Two columns whose contents stand under each other's heading."""

from collections.abc import Mapping, Sequence

from ..definitions.model import Item, RuleBook
from ..definitions.resolve import value_type
from ..fold import fold
from ..issues import Code, Issue, Place
from ..types.base import ValueType

# So many values must be there, fit the other column, and not fit their own.
FEW, FITS, FOREIGN = 3, 0.8, 0.2


def exchanged(
    item: Item, texts: Mapping[str, Sequence[str]], bad: Sequence[str], book: RuleBook
) -> list[Issue]:
    """columns_exchanged for pairs of columns.

    texts: column → up to 200 distinct texts, folded. bad: columns of which most cells were odd.
    """
    kinds = {name: value_type(item.column(name), book) for name in texts}
    foreign = [
        name
        for name in bad
        if item.column(name).type not in ("text", "latitude", "longitude", "list")
        and len(texts[name]) >= FEW
        and _share(texts[name], kinds[name]) <= FOREIGN
    ]
    issues: list[Issue] = []
    for one in foreign:
        for other in texts:
            known = other in foreign
            if other == one or (known and list(texts).index(other) < list(texts).index(one)):
                continue
            # A text takes anything, so that only its own values can tell.
            if not known and (item.column(other).type != "text" or len(texts[other]) < FEW):
                continue
            if _share(texts[other], kinds[one]) >= FITS and _share(texts[one], kinds[other]) >= FITS:
                place = Place(column=one)
                issues.append(
                    Issue(Code.COLUMNS_EXCHANGED, place, one, other, "likely", details={"other": other})
                )
    return issues


def _share(texts: Sequence[str], kind: ValueType) -> float:
    """Share of texts that the type reads, listed ones only where it has a list."""
    good = 0
    for text in texts:
        reading = kind.parse(fold(text))
        good += reading.how in ("kept", "safe") and reading.code != Code.VALUE_NOT_LISTED
    return good / len(texts) if texts else 0.0
