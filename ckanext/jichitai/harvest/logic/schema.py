"""What the actions take."""

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory


@validator_args
def source_list(
    ignore_missing: Validator, unicode_safe: Validator, one_of: ValidatorFactory, ignore: Validator
) -> Schema:
    """Filters of jichitai_source_list."""
    return {
        "state": [ignore_missing, one_of(["new", "ok", "failing", "held", "off"])],
        "type": [ignore_missing, unicode_safe],
        "municipality": [ignore_missing, unicode_safe],
        "__extras": [ignore],
    }


@validator_args
def by_id(not_empty: Validator, unicode_safe: Validator, ignore: Validator) -> Schema:
    """One source, by its id."""
    return {"id": [not_empty, unicode_safe], "__extras": [ignore]}


@validator_args
def by_number(not_empty: Validator, natural_number_validator: Validator, ignore: Validator) -> Schema:
    """One plan or run, by its number."""
    return {"id": [not_empty, natural_number_validator], "__extras": [ignore]}


@validator_args
def decision(
    not_empty: Validator,
    natural_number_validator: Validator,
    default: ValidatorFactory,
    unicode_safe: Validator,
    ignore: Validator,
) -> Schema:
    """A decision about a plan."""
    return {
        "id": [not_empty, natural_number_validator],
        "comment": [default(""), unicode_safe],
        "__extras": [ignore],
    }


@validator_args
def start(ignore_missing: Validator, list_of_strings: Validator, ignore: Validator) -> Schema:
    """Which sources to harvest."""
    return {"sources": [ignore_missing, list_of_strings], "__extras": [ignore]}


@validator_args
def run_list(
    default: ValidatorFactory,
    natural_number_validator: Validator,
    ignore_missing: Validator,
    ignore: Validator,
) -> Schema:
    """Page of runs, newest first."""
    return {
        "limit": [default(30), natural_number_validator],
        "before": [ignore_missing, natural_number_validator],
        "__extras": [ignore],
    }
