"""Two columns whose contents stand under each other's heading."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from ..definitions.model import Item, RuleBook
from ..definitions.resolve import value_type
from ..fold import fold
from ..issues import Code, Issue, Place
from ..types.base import ValueType

# So many values must be there, fit the other column, and not fit their own.
FEW, FITS, FOREIGN = 3, 0.8, 0.2


def exchanged(item: Item, texts: Mapping[str, Sequence[str]], book: RuleBook) -> list[Issue]:
    """columns_exchanged for pairs of columns. texts: column → up to 200 distinct texts, folded."""
    kinds = {
        name: value_type(column, book)
        for name in texts
        if (column := item.column(name)).type not in ("text", "latitude", "longitude", "list")
        and (column.type != "choice" or column.closed)
    }
    bad = [name for name in kinds if len(texts[name]) >= FEW and _share(texts[name], kinds[name]) <= FOREIGN]
    issues: list[Issue] = []
    for one, other in combinations(bad, 2):
        if (
            item.column(one).type == item.column(other).type
            and item.column(one).list == item.column(other).list
        ):
            continue
        if _share(texts[one], kinds[other]) >= FITS and _share(texts[other], kinds[one]) >= FITS:
            place = Place(column=one)
            issues.append(
                Issue(Code.COLUMNS_EXCHANGED, place, one, other, "likely", details={"other": other})
            )
    return issues


def _share(texts: Sequence[str], kind: ValueType) -> float:
    good = sum(kind.parse(fold(text)).how in ("kept", "safe") for text in texts)
    return good / len(texts) if texts else 0.0
