"""What the actions take."""

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory


@validator_args
def decision(
    not_empty: Validator,
    natural_number_validator: Validator,
    default: ValidatorFactory,
    unicode_safe: Validator,
    ignore: Validator,
) -> Schema:
    """A decision about something held."""
    return {
        "id": [not_empty, natural_number_validator],
        "comment": [default(""), unicode_safe],
        "__extras": [ignore],
    }


@validator_args
def change_list(
    default: ValidatorFactory,
    natural_number_validator: Validator,
    ignore_missing: Validator,
    unicode_safe: Validator,
    ignore: Validator,
) -> Schema:
    """Where to begin, and filters."""
    return {
        "since": [default(0), natural_number_validator],
        "limit": [default(1000), natural_number_validator],
        "item": [ignore_missing, unicode_safe],
        "municipality": [ignore_missing, unicode_safe],
        "kind": [ignore_missing, unicode_safe],
        "__extras": [ignore],
    }
