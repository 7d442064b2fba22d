"""A report as plain text, for a terminal: the verdict in a sentence, then what to do, gravest first."""

from collections.abc import Iterator

from ..check.values import IssueFacts, Report
from ..definitions.model import RuleBook
from ..issues.phrases import Phrases, load_phrases

PARTS = {"error": "must", "warning": "should", "info": "advice"}


def render(report: Report, book: RuleBook, lang: str = "ja", *, full: bool = False) -> str:
    """The report in a language. full: with advice and the map of headings."""
    return "\n".join(_lines(report, book, lang, full)) + "\n"


def sentence(report: Report, lang: str) -> str:
    """The verdict in a sentence."""
    say = load_phrases()
    rows = report.rows
    text = say(
        report.verdict,
        lang,
        usable=rows.valid + rows.repaired,
        total=rows.total,
        quarantined=rows.quarantined,
    )
    warnings = sum(issue.severity == "warning" for issue in report.issues)
    if warnings and report.verdict in ("valid", "repaired", "partial"):
        text += ("" if lang == "ja" else " ") + say("warnings", lang, count=warnings)
    return text


def _lines(report: Report, book: RuleBook, lang: str, full: bool) -> Iterator[str]:
    say = load_phrases()
    yield f"{report.file.name}: {report.verdict}"
    yield f"  {sentence(report, lang)}"
    if report.item is not None:
        title = getattr(book.items[report.item.id].title, "ja" if lang == "ja" else "en")
        form = f"{say(f'layout_{report.item.layout}', lang)}, {say(f'edition_{report.item.edition}', lang)}"
        yield f"  {say('item', lang)}: {report.item.number} {title} ({report.item.score:.2f}; {form})"
    elif report.candidates:
        names = (
            f"{one.number} {getattr(book.items[one.id].title, lang)} ({one.score:.2f})"
            for one in report.candidates
        )
        yield f"  {say('candidates', lang)}: {', '.join(names)}"
    for severity, part in PARTS.items():
        issues = [issue for issue in report.issues if issue.severity == severity]
        if not issues or (severity == "info" and not full):
            continue
        yield f"  {say(part, lang)}"
        for issue in issues:
            yield from _issue(issue, lang, say)
    if full and report.columns:
        yield f"  {say('columns', lang)}"
        for one in report.columns:
            goes = one.column or say("none", lang)
            yield f"    {one.position:>2} {one.label} → {goes} ({say(f'how_{one.how}', lang)})"


def _issue(issue: IssueFacts, lang: str, say: Phrases) -> Iterator[str]:
    yield f"    [{issue.code}] {issue.message['ja' if lang == 'ja' else 'en']}"
    yield f"      → {issue.remedy['ja' if lang == 'ja' else 'en']}"
    for one in issue.examples[:3]:
        if one.found is None:
            continue
        change = f" → {one.suggested}" if one.suggested is not None else ""
        yield f"      {one.cell or one.line or ''} {one.found[:60]!r}{change}".replace("\n", " ")
