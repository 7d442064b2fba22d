"""Which item a file claims to be, and what there is to say about that."""

from ..definitions.model import Item, RuleBook
from ..issues import Code, Issue
from ..read import Sheet
from .recognise import KNOWN, Guess, taken
from .values import Told


def claimed(guesses: list[Guess], told: Told, book: RuleBook) -> Item | None:
    """The item that was told, else the one that is recognised beyond doubt, else None."""
    if told.item is not None and told.item in book.items:
        return book.items[told.item]
    first = taken(guesses)
    return book.items[first.item] if first else None


def about_item(
    sheet: Sheet, guesses: list[Guess], item: Item | None, told: Told, book: RuleBook
) -> list[Issue]:
    """item_unknown, item_doubtful, item_differs."""
    if sheet.frame is None:
        return []
    first = guesses[0]
    if told.item is not None:
        if told.item not in book.items:
            return [Issue(Code.ITEM_UNKNOWN, found=told.item, details={"found": told.item})]
        sure = taken(guesses)
        if sure and sure.item != told.item:
            title = book.items[sure.item].title.ja
            return [
                Issue(
                    Code.ITEM_DIFFERS,
                    found=title,
                    details={"found": title, "item": book.items[told.item].title.ja},
                )
            ]
        return []
    if item is not None:
        return []
    if first.score < KNOWN:
        return [Issue(Code.ITEM_UNKNOWN)]
    title = book.items[first.item].title.ja
    return [Issue(Code.ITEM_DOUBTFUL, found=title, confidence="ask", details={"found": title, "item": title})]
