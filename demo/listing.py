"""A municipality's list of its open data: a file of the item made for that, with links to the files."""

from urllib.parse import quote

from ckanext.jichitai.core.definitions.model import Item, RuleBook

from .world import Dataset, File, Publisher


def list_item(book: RuleBook) -> Item:
    """The item whose rows are datasets: the one that has a download address and a dataset's title."""
    return next(item for item in book.items.values() if item.by_term("fileDownloadUrl"))


def path(publisher: Publisher, book: RuleBook) -> str:
    """Address of the list on its site."""
    return f"/opendata/{publisher.municipality.code}_{list_item(book).id}.csv"


def body(publisher: Publisher, book: RuleBook, site: str) -> bytes:
    """The list as CSV, UTF-8 with BOM, in the current edition's headings."""
    item = list_item(book)
    lines = [",".join(_quoted(column.name) for column in item.columns)]
    for dataset in publisher.datasets:
        for file in dataset.files:
            values = _values(publisher, dataset, file, site)
            lines.append(",".join(_quoted(values.get(column.term, "")) for column in item.columns))
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def _values(publisher: Publisher, dataset: Dataset, file: File, site: str) -> dict[str, str]:
    """What a row says, by term."""
    return {
        "localGovernmentCode": publisher.municipality.code,
        "localGovernmentName": publisher.municipality.prefecture + publisher.municipality.name,
        "identifier": dataset.name,
        "name": dataset.title,
        "description": dataset.notes,
        "datasetKeyword": ";".join(dataset.tags),
        "datasetIssued": dataset.issued,
        "datasetModified": dataset.modified,
        "datasetLanguage": "ja",
        "url": f"{site}/dataset/{dataset.name}",
        "datasetFrequency": dataset.frequency,
        "fileTitle": file.title,
        "fileDownloadUrl": f"{site}/files/{file.id}/{quote(file.name)}",
        "fileFormat": file.format or file.name.rpartition(".")[2].upper(),
        "fileLicense": dataset.licence[0],
        "fileModified": dataset.modified,
    }


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
