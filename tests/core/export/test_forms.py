"""Forms of an item for other programs and for hands: Table Schema, JSON Schema, context, template."""

import csv
import io

import msgspec
import openpyxl
import pytest

from ckanext.jichitai.core.definitions.load import load
from ckanext.jichitai.core.definitions.model import Column, ColumnLabel, Item, Need
from ckanext.jichitai.core.definitions.sample import sample
from ckanext.jichitai.core.export.json_schema import json_schema
from ckanext.jichitai.core.export.jsonld_context import jsonld_context
from ckanext.jichitai.core.export.table_schema import table_schema
from ckanext.jichitai.core.export.template import template, template_csv

BOOK = load()
TOWN = BOOK.municipalities["131016"]
OFFICIAL = Need("required", "official")
each_item = pytest.mark.parametrize("item", BOOK.items.values(), ids=lambda item: item.id)


def of(*columns: Column) -> Item:
    """An item of these columns, around which nothing matters."""
    return msgspec.structs.replace(next(iter(BOOK.items.values())), columns=columns, key=())


def column(name: str = "列", **more: object) -> Column:
    return Column(name=name, term="thing", label=ColumnLabel("Thing"), **more)  # pyright: ignore[reportArgumentType]


@each_item
def test_a_table_schema_names_what_is_asked_for(item: Item) -> None:
    fields = table_schema(item, "en", BOOK)["fields"]
    assert [field["name"] for field in fields] == [c.name for c in item.columns if not c.own]
    assert all(field["title"] and field["description"] for field in fields)


@pytest.mark.parametrize(
    ("given", "constraints"),
    [
        (column(), None),
        (column(need=OFFICIAL), {"required": True}),
        (column(need=Need("required", "former")), None),
        (column(need=OFFICIAL, type="yes_no", pair=("1", "")), {"enum": ["1"]}),
        (column(type="yes_no"), {"enum": ["有", "無", "非公開", "不明"]}),
        (column(type="choice", list="fee_type", closed=True), {"enum": ["有料", "無料"]}),
        (column(type="choice", list="fee_type"), None),
        (column(type="list", of="choice", list="fee_type", closed=True), None),
        (column(type="integer", minimum="0", maximum="9"), {"minimum": 0, "maximum": 9}),
        (column(type="decimal", minimum="0.5"), {"minimum": 0.5}),
        (column(max_length=40), {"maxLength": 40}),
    ],
)
def test_constraints_of_one_column(given: Column, constraints: dict[str, object] | None) -> None:
    (field,) = table_schema(of(given), "ja", BOOK)["fields"]
    assert field.get("constraints") == constraints


def test_a_key_is_primary_only_where_no_part_of_it_may_be_blank() -> None:
    item = of(column("a", need=OFFICIAL), column("b", need=OFFICIAL), column("c"))
    assert table_schema(msgspec.structs.replace(item, key=("a", "b")))["primaryKey"] == ["a", "b"]
    assert "primaryKey" not in table_schema(msgspec.structs.replace(item, key=("a", "c")))
    assert "primaryKey" not in table_schema(item)


@each_item
def test_frictionless_takes_schema_and_sample(item: Item) -> None:
    frictionless = pytest.importorskip("frictionless")
    rows = sample(item, BOOK, TOWN, 5, 1)
    schema = frictionless.Schema.from_descriptor(table_schema(item, "ja", BOOK))
    names = {field.name for field in schema.fields}
    missing = [name for name in names if name not in rows.columns]
    for name in missing:
        schema.remove_field(name)
    report = frictionless.Resource(data=[rows.columns, *rows.rows()], schema=schema).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "cell"])[:5]


@pytest.mark.parametrize("kind", ["item", "part", "list", "municipalities"])
def test_json_schema_knows_every_key(kind: str) -> None:
    schema = json_schema(kind)  # pyright: ignore[reportArgumentType]
    assert schema["$schema"].startswith("https://json-schema.org/")
    top = schema["$ref"].rsplit("/", 1)[1]
    assert schema["$defs"][top]["additionalProperties"] is False
    if kind == "item":
        shapes = schema["$defs"][top]["properties"]["columns"]["items"]["anyOf"]
        assert {shape["$ref"].rsplit("/", 1)[1] for shape in shapes} == {"Column", "PartUse"}


@each_item
def test_a_context_gives_names_and_terms_one_meaning(item: Item) -> None:
    context = jsonld_context(item)["@context"]
    for one in item.columns:
        assert context[one.name] == context[one.term]


@each_item
def test_a_template_is_text_and_guides_the_hand(item: Item) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template(item, BOOK, TOWN)))
    form = book.worksheets[0]
    asked = [one for one in item.columns if not one.own]
    heads = [cell.value for cell in form[1]]
    assert heads == [one.name for one in asked]
    assert all(cell.comment and cell.comment.text for cell in form[1])
    filled = {one.term: form.cell(2, number).value for number, one in enumerate(asked, start=1)}
    for term, value in (("localGovernmentCode", "131016"), ("localGovernmentName", "東京都千代田区")):
        assert filled.get(term, value) == value
    assert {form.column_dimensions[cell.column_letter].width > 0 for cell in form[1]} == {True}
    formulas = [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    assert formulas == []
    hints = form.data_validations.dataValidation
    assert len(hints) == len(asked)
    assert all(len(hint.promptTitle) <= 32 and len(hint.prompt) <= 255 for hint in hints)


def test_a_closed_list_refuses_and_an_open_one_proposes() -> None:
    item = of(
        column("a", type="choice", list="fee_type", closed=True),
        column("b", type="choice", list="fee_type"),
        column("c", type="yes_no", pair=("1", "")),
        column("d", own=True),
    )
    form, _, words = openpyxl.load_workbook(io.BytesIO(template(item, BOOK))).worksheets
    hints = form.data_validations.dataValidation
    assert [hint.showErrorMessage for hint in hints] == [True, False, False]
    assert [cell.value for cell in words["A"]] == ["a", "有料", "無料"]
    assert [cell.value for cell in words["C"]][:2] == ["c", "1"]
    assert [cell.value for cell in form[1]] == ["a", "b", "c"]


def test_same_item_same_bytes() -> None:
    item = next(iter(BOOK.items.values()))
    assert template(item, BOOK, TOWN) == template(item, BOOK, TOWN)


def test_a_template_as_csv() -> None:
    item = next(iter(BOOK.items.values()))
    heads, first = csv.reader(io.StringIO(template_csv(item, TOWN).decode("utf-8-sig")))
    assert heads == [one.name for one in item.columns if not one.own]
    assert first[0] == "131016"
    assert len(list(csv.reader(io.StringIO(template_csv(item).decode("utf-8-sig"))))) == 1
