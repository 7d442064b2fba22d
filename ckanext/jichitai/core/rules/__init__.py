"""Rules over the rows of one table: a closed list, chosen in the definitions by `rule`."""

from .adds_up import AddsUp
from .base import Context
from .inside import Inside
from .one_of import OneOf
from .ordered import Ordered
from .outlines import Outlines, load_outlines
from .refers import Refers
from .required_when import RequiredWhen
from .same_code import SameCode
from .together import Together
from .unique import Unique

Rule = Together | OneOf | Ordered | RequiredWhen | Unique | Inside | SameCode | AddsUp | Refers

__all__ = [
    "AddsUp",
    "Context",
    "Inside",
    "OneOf",
    "Ordered",
    "Outlines",
    "Refers",
    "RequiredWhen",
    "Rule",
    "SameCode",
    "Together",
    "Unique",
    "load_outlines",
]
