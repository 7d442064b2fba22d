"""Make the cells of a made-up row agree with the item's rules."""

from ...rules import AddsUp, OneOf, Ordered, Refers, RequiredWhen, Rule, Together
from ..model import Item

Cells = dict[str, str | None]


def late(item: Item) -> frozenset[str]:
    """Columns that come after another one: ends of spans."""
    return frozenset(rule.then for rule in item.rules if isinstance(rule, Ordered))


def needed(item: Item) -> frozenset[str]:
    """Columns that no row may leave blank: named by rules, or required, or telling rows apart."""
    named = {*item.key, *item.identity, *(item.position or ()), *((item.period,) if item.period else ())}
    named |= {column.name for column in item.columns if column.need.level == "required"}
    for rule in item.rules:
        match rule:
            case Together(columns=columns):
                named |= set(columns)
            case OneOf(groups=groups):
                named |= set(groups[0])
            case RequiredWhen(column=column):
                named.add(column)
            case AddsUp(total=total, parts=parts):
                named |= {total, *parts}
            case _:
                pass
    return frozenset(named)


def agree(cells: Cells, first: Cells, rules: tuple[Rule, ...]) -> None:
    """Change `cells` in place until the rules find nothing. first: cells of the table's first row."""
    for rule in _parts_before_totals(rules):
        match rule:
            case AddsUp(total=total, parts=parts) if total in cells:
                cells[total] = str(sum(int(cells[part] or 0) for part in parts))
            case Ordered(first=one, then=other):
                _in_order(cells, one, other)
            case Refers(column=column, to=to) if cells.get(column):
                cells[column] = first.get(to) or cells.get(to)
            case _:
                pass


def _in_order(cells: Cells, one: str, other: str) -> None:
    """Exchange two values that stand the wrong way round."""
    low, high = cells.get(one), cells.get(other)
    if low and high and _above(low, high):
        cells[one], cells[other] = high, low


def _above(low: str, high: str) -> bool:
    try:
        return float(low) > float(high)
    except ValueError:
        return low > high


def _parts_before_totals(rules: tuple[Rule, ...]) -> list[Rule]:
    """Sums whose total is a part of another sum come first."""
    parts = {part for rule in rules if isinstance(rule, AddsUp) for part in rule.parts}
    return sorted(rules, key=lambda rule: isinstance(rule, AddsUp) and rule.total not in parts)
