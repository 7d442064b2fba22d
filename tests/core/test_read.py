"""Reading: what the bytes are, how they are decoded and cut, where the header is, what is no data."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.jichitai.core.fold import fold_label
from ckanext.jichitai.core.issues import Code
from ckanext.jichitai.core.read import Caps, Sheet, read

KNOWN = frozenset(map(fold_label, ("名称", "住所", "緯度", "経度", "電話番号", "備考", "name", "address")))
TABLE = "名称,住所,緯度,経度\n本庁舎,本町一丁目2-3,35.1,139.1\n北分館,北町4-5,35.2,139.2\n南分館,南町6-7,35.3,139.3\n"


def rows(sheet: Sheet) -> list[tuple[str | None, ...]]:
    assert sheet.frame is not None
    return sheet.frame.drop("line").rows()


def lines(sheet: Sheet) -> list[int]:
    assert sheet.frame is not None
    return sheet.frame["line"].to_list()


def codes(sheet: Sheet) -> list[Code]:
    return [issue.code for issue in sheet.issues]


def book(*cells: list[object], **styles: str) -> bytes:
    """A workbook of one sheet; styles: cell → number format."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in cells:
        sheet.append(row)
    for cell, style in styles.items():
        sheet[cell].number_format = style
    memory = io.BytesIO()
    made.save(memory)
    return memory.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (b"", "empty", Code.FILE_EMPTY),
        (b"\xef\xbb\xbf\r\n", "empty", Code.FILE_EMPTY),
        (b"  <!doctype HTML><html></html>", "html", Code.FILE_NOT_A_TABLE),
        (b"<?xml version='1.0'?><html xmlns='x'></html>", "html", Code.FILE_NOT_A_TABLE),
        (b"%PDF-1.7 ...", "pdf", Code.FILE_NOT_A_TABLE),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "image", Code.FILE_NOT_A_TABLE),
        (b'{"a": [1, 2]}', "unknown", Code.FILE_NOT_A_TABLE),
        (b'[{"a": 1},\n', "unknown", Code.FILE_NOT_A_TABLE),
        (b"<?xml version='1.0'?><rows/>", "unknown", Code.FILE_NOT_A_TABLE),
        (bytes(range(256)) * 20, "unknown", Code.FILE_NOT_A_TABLE),
        (b"PK\x03\x04 no archive", "zip", Code.FILE_BROKEN),
    ],
)
def test_what_is_no_table(data: bytes, kind: str, code: Code) -> None:
    sheet = read("a.csv", data, KNOWN)
    assert (sheet.format, codes(sheet), sheet.frame) == (kind, [code], None)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TABLE.encode(), "utf-8"),
        (TABLE.encode("utf-8-sig"), "utf-8-sig"),
        (TABLE.encode("cp932"), "cp932"),
        (TABLE.encode("euc_jp"), "euc-jp"),
        (TABLE.encode("iso2022_jp"), "iso-2022-jp"),
        (TABLE.encode("utf-16"), "utf-16"),
        (TABLE.encode("utf-16-be"), "utf-16"),
        (TABLE.encode("utf-16-le"), "utf-16"),
        ("名称,住所\n①㈱髙橋,〜\n".encode("cp932", "replace"), "cp932"),
        # Kana alone: CP932 can always read EUC-JP's bytes, as half-width kana.
        ("ア,イ\nウエオ,カキクケ\nサシス,セソタチ\n".encode("euc_jp"), "euc-jp"),
        (b"a,b\n1,2\n", "utf-8"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    sheet = read("a.csv", data, KNOWN)
    assert sheet.encoding == encoding
    assert len(rows(sheet)) > 0


def test_bytes_that_no_rule_decodes_cost_their_row() -> None:
    sheet = read("a.csv", TABLE.encode().replace("北分館".encode(), b"\xe5\x80\xff"), KNOWN)
    assert lines(sheet) == [2, 4]
    assert sheet.ragged is not None
    assert sheet.ragged.select("line", "code").rows() == [(3, "encoding_damaged")]


@pytest.mark.parametrize("read_as", ["cp932", "latin-1"])
def test_text_that_was_misread_and_saved_again_is_read_backwards(read_as: str) -> None:
    source = TABLE.encode("utf-8" if read_as == "cp932" else "cp932")
    try:
        data = source.decode(read_as).encode()
    except UnicodeDecodeError:
        pytest.skip("this text cannot be misread that way")
    sheet = read("a.csv", data, KNOWN)
    assert Code.TEXT_MOJIBAKE in codes(sheet)
    assert sheet.labels == ("名称", "住所", "緯度", "経度")


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        (TABLE, ","),
        (TABLE.replace(",", "\t"), "\t"),
        (TABLE.replace(",", ";"), ";"),
        ('名称;住所\n"本庁舎, 別館";本町\n北;"北町;東"\n', ";"),
        ("名称\tメモ\n本庁舎\t1,2,3\n北\t4,5,6\n", "\t"),
        ("名称\n本庁舎\n北分館\n", ","),
    ],
)
def test_delimiters(text: str, delimiter: str) -> None:
    assert read("a.csv", text.encode(), KNOWN).delimiter == delimiter


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('名称,住所\r\n"本\r\n庁舎",本町\r\n北,北町\r\n', [(2, ("本\r\n庁舎", "本町")), (4, ("北", "北町"))]),
        ('名称,住所\n"本""庁""舎",""\n北,北町\n', [(2, ('本"庁"舎', None)), (3, ("北", "北町"))]),
        ("名称,住所\r本庁舎,本町\r北,北町\r", [(2, ("本庁舎", "本町")), (3, ("北", "北町"))]),
        ("名称,住所\n本庁舎\n北,北町\n", [(2, ("本庁舎", None)), (3, ("北", "北町"))]),
        ("名称,住所\n\n本庁舎,本町\n , \n北,北町", [(3, ("本庁舎", "本町")), (5, ("北", "北町"))]),
        ('名称,住所\n本"庁"舎,本町\n北,北町\n', [(2, ('本"庁"舎', "本町")), (3, ("北", "北町"))]),
        # A quote that is never closed does not swallow what follows.
        ('名称,住所\n"本庁舎,本町\n北,北町\n', [(2, ('"本庁舎', "本町")), (3, ("北", "北町"))]),
    ],
)
def test_records(text: str, expected: list[tuple[int, tuple[str | None, ...]]]) -> None:
    sheet = read("a.csv", text.encode(), KNOWN)
    assert list(zip(lines(sheet), rows(sheet), strict=True)) == expected


def test_surplus_cells_set_the_row_aside() -> None:
    sheet = read("a.csv", TABLE.replace("35.2,139.2", "35.2,139.2,余り").encode(), KNOWN)
    assert lines(sheet) == [2, 4]
    assert sheet.ragged is not None
    assert sheet.aside is not None
    assert sheet.ragged.select("line", "position", "code", "found").rows() == [(3, "E", "row_ragged", "余り")]
    assert 3 in sheet.aside["line"].to_list()


def test_whole_lines_in_quotes_are_unwrapped() -> None:
    text = "".join(f'"{line}"\n' for line in TABLE.splitlines())
    sheet = read("a.csv", text.encode(), KNOWN)
    assert Code.LINE_WRAPPED in codes(sheet)
    assert rows(sheet) == rows(read("a.csv", TABLE.encode(), KNOWN))


@pytest.mark.parametrize(
    ("above", "below", "line"),
    [
        ("", "", 1),
        ("施設の一覧,,,\n", "", 2),
        ("施設の一覧,,,\n,,,\n令和8年4月1日現在,,,\n", "", 4),
        ("", "※緯度経度は参考です,,,\n", 1),
        ("", "注1 休館日あり,,,\n出典：施設課,,,\n", 1),
        ("", "合計,3,,\n", 1),
    ],
)
def test_lines_around_the_table_are_no_rows(above: str, below: str, line: int) -> None:
    sheet = read("a.csv", (above + TABLE + below).encode(), KNOWN)
    assert sheet.header_line == line
    assert [row[0] for row in rows(sheet)] == ["本庁舎", "北分館", "南分館"]
    assert bool(sheet.outside) == bool(above or below)


@pytest.mark.parametrize(
    "between", ["◎,◎,○,○\n", "必須,必須,任意,任意\n", "name,address,latitude,longitude\n"]
)
def test_rows_right_below_the_header_that_are_no_data(between: str) -> None:
    head, _, body = TABLE.partition("\n")
    known = KNOWN | {"latitude", "longitude"}
    sheet = read("a.csv", f"{head}\n{between}{body}".encode(), known)
    assert lines(sheet) == [3, 4, 5]


def test_marks_that_are_data_stay() -> None:
    text = "名称,緯度,洪水,地震\n◯,○,○,×\n○,○,×,○\n○,×,○,○\n"
    assert len(rows(read("a.csv", text.encode(), KNOWN))) == 3


def test_a_header_of_two_lines_is_joined() -> None:
    text = "名称,住所,位置,,備考\n,,緯度,経度,\n本庁舎,本町,35.1,139.1,\n北,北町,35.2,139.2,あ\n"
    sheet = read("a.csv", text.encode(), KNOWN)
    assert sheet.labels == ("名称", "住所", "位置_緯度", "位置_経度", "備考")
    assert Code.HEADER_DOUBLE in codes(sheet)


def test_no_header() -> None:
    sheet = read("a.csv", "本庁舎,1,35.1,139.1\n北,2,35.2,139.2\n".encode(), frozenset())
    assert Code.HEADER_MISSING in codes(sheet)
    assert len(rows(sheet)) == 2


def test_linkdata() -> None:
    text = (
        "#LINK,,\n#lang,ja,\n#license,http://example.org/by,\n#property,name,address\n#object_type_xsd,string,string\n"
        "1,本庁舎,本町\n2,北,北町\n"
    )
    sheet = read("a.csv", text.encode(), KNOWN)
    assert (sheet.labels, sheet.header_line) == (("name", "address"), 4)
    assert rows(sheet) == [("本庁舎", "本町"), ("北", "北町")]
    assert sheet.frame is not None
    assert sheet.frame.columns == ["B", "C", "line"]
    assert "http://example.org/by" in sheet.outside


def test_another_table_behind_a_blank_column() -> None:
    text = "名称,住所,緯度,,集計\n" + "".join(f"施設{n},町{n},35.{n},,\n" for n in range(9)).replace(
        "35.0,,", "35.0,,9件"
    )
    sheet = read("a.csv", text.encode(), KNOWN)
    assert Code.TABLES_IN_ONE_SHEET in codes(sheet)
    assert sheet.labels == ("名称", "住所", "緯度")
    assert "9件" in sheet.outside


def test_another_table_below() -> None:
    text = TABLE + ",,,\n電話番号,備考,name,address\n03-1,あ,い,う\n"
    sheet = read("a.csv", text.encode(), KNOWN)
    assert Code.TABLES_IN_ONE_SHEET in codes(sheet)
    assert len(rows(sheet)) == 3


@pytest.mark.parametrize(
    ("value", "style", "shown"),
    [
        (131016, "General", "131016"),
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (1e-7, "General", "0.0000001"),
        (4000020131016, "General", "4000020131016"),
        (123, "000000", "000123"),
        (date(2026, 4, 1), "yyyy-mm-dd", "2026-04-01"),
        (date(2026, 4, 1), '[$-411]ggge"年"m"月"d"日"', "2026-04-01"),
        (datetime(2026, 4, 1, 9, 30), "yyyy/m/d h:mm", "2026-04-01 09:30:00"),
        (time(9, 5), "h:mm", "09:05"),
        (timedelta(hours=25, minutes=30), "[h]:mm", "25:30"),
        ("千代田区", '"東京都"@', "東京都千代田区"),
        ("上_x000D_下", "General", "上\n下"),
        (True, "General", "true"),
    ],
)
def test_cells_of_a_workbook_are_read_as_shown(value: object, style: str, shown: str) -> None:
    sheet = read("a.xlsx", book(["名称", "住所"], ["本庁舎", value], ["北", "x"], B2=style), KNOWN)
    assert rows(sheet)[0] == ("本庁舎", shown)


def test_the_sheet_with_the_table_is_read_and_the_others_named() -> None:
    made = openpyxl.Workbook()
    first = made.active
    assert first is not None
    first.title = "説明"
    first.append(["この表について"])
    second = made.create_sheet("施設")
    for line in TABLE.splitlines():
        second.append(line.split(","))
    hidden = made.create_sheet("控え")
    hidden.append(["名称", "住所"])
    hidden.sheet_state = "hidden"
    memory = io.BytesIO()
    made.save(memory)
    sheet = read("a.xlsx", memory.getvalue(), KNOWN)
    assert sheet.sheet == "施設"
    assert codes(sheet) == [Code.SHEET_CHOICE, Code.SHEET_HIDDEN]


def test_an_archive_with_one_table() -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("readme.md", "x")
        archive.writestr("data/a.csv", TABLE)
    sheet = read("a.zip", memory.getvalue(), KNOWN)
    assert (sheet.format, len(rows(sheet))) == ("csv", 3)
    with zipfile.ZipFile(memory, "a") as archive:
        archive.writestr("b.csv", TABLE)
    assert codes(read("a.zip", memory.getvalue(), KNOWN)) == [Code.FILE_NOT_A_TABLE]


@pytest.mark.parametrize("caps", [Caps(bytes=10), Caps(bytes=100, members=1)])
def test_caps_are_findings(caps: Caps) -> None:
    assert codes(read("a.csv", TABLE.encode(), KNOWN, caps)) == [Code.FILE_TOO_LARGE]


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(str.encode),
        st.text(',\t;"\n\r名称1 ').map(str.encode),
    )
)
def test_reading_never_raises(data: bytes) -> None:
    sheet = read("a.csv", data, KNOWN)
    assert sheet.frame is not None or sheet.issues


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 3000), st.binary(max_size=40))
def test_a_spoiled_workbook_never_raises(at: int, junk: bytes) -> None:
    whole = book(["名称", "住所"], ["本庁舎", "本町"])
    read("a.xlsx", whole[:at] + junk + whole[at + len(junk) :], KNOWN)


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).filter(
    lambda text: text.strip() and text != '"'
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(CELL, CELL, CELL, CELL, CELL), min_size=3, max_size=12),
    st.sampled_from([",", "\t", ";"]),
)
def test_no_row_is_lost(cells: list[tuple[str, ...]], delimiter: str) -> None:
    import csv

    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([["名称", "住所", "緯度", "経度", "備考"], *cells])
    sheet = read("a.csv", text.getvalue().encode(), KNOWN)
    kept = sheet.frame.height if sheet.frame is not None else 0
    apart = 0 if sheet.ragged is None else sheet.ragged["line"].n_unique()
    aside = (
        0 if sheet.aside is None else sheet.aside.filter(pl.col("line") != (sheet.header_line or 0)).height
    )
    assert kept + max(apart, aside) == len(cells)


def test_too_many_columns_and_too_long_a_cell_are_findings() -> None:
    sheet = read("a.csv", TABLE.encode(), KNOWN, Caps(columns=2))
    assert (codes(sheet), sheet.labels) == ([Code.FILE_TOO_LARGE], ("名称", "住所"))
    long = read("a.csv", TABLE.replace("北町4-5", "北" * 2000).encode(), KNOWN, Caps(cell=1000))
    assert codes(long) == [Code.FILE_TOO_LARGE]
    assert rows(long)[1][:2] == ("北分館", None)
