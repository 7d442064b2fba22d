"""What every mapping of the rule book is: frozen, unknown keys refused; and a text in both languages."""

import msgspec


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A mapping of the rule book: frozen, unknown keys refused."""


class Words(Strict, frozen=True):
    """A text in both languages."""

    ja: str
    en: str
