"""Letters that return tables for revision: the findings by category of the review form, as an official page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.errors import WriteError
from perftarget.files.atomic_write import unique_paths
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Diagnostic
from perftarget.linter.rule import CATEGORIES
from perftarget.linter.run import TableView
from perftarget.reporters.official import request_name, sentence
from perftarget.tables.renderer import font_faces
from perftarget.text.source import KEY

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from perftarget.formats.docx.write_styles import FontFaces, StyleId

_NUMBERS: Final = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Letter:
    """Recipient, subject, sender and date of a letter; `sender` may be "", and is then left out."""

    recipient: str
    project: str
    sender: str
    day: date


class ReturnedTable(NamedTuple):
    """A table to be returned, and its findings."""

    table_view: TableView
    profile: Profile
    findings: Sequence[Diagnostic]


def write_letters(returned_tables: Sequence[ReturnedTable], folder: Path, day: date) -> dict[Path, bytes]:
    """Return the letter of each table under a path that is named for its project. Raises WriteError."""
    paths = unique_paths((returned.table_view.name for returned in returned_tables), folder, "-退回修改意见.docx")
    files = {}
    for path, (table_view, profile, findings) in zip(paths, returned_tables, strict=True):
        letter = Letter(table_view.unit, table_view.name, profile.annex.reviewer, day)
        try:
            files[path] = letter_bytes(letter, findings, CATEGORIES, font_faces(profile))
        except ValueError as error:
            raise WriteError(str(error)) from error
    return files


def letter_bytes(
    letter: Letter, diagnostics: Iterable[Diagnostic], categories: Sequence[str], faces: FontFaces
) -> bytes:
    """Return the letter as a Word file, without suppressed diagnostics. Raises IllegalCharacterError."""
    # Imported here because python-docx is slow to import, and most runs write no Word file.
    from perftarget.formats.docx.write_file import open_document, save_document, set_properties
    from perftarget.formats.docx.write_styles import PageStyle

    title = tr("绩效目标表退回修改意见", "Performance target table returned for revision")
    document = open_document(PageStyle(faces))
    set_properties(document.core_properties, title, letter.sender)
    reported = [diagnostic for diagnostic in diagnostics if diagnostic.suppressed is None]
    _write_body(document, letter, reported, categories, title)
    return save_document(document)


def _write_body(
    document: Document, letter: Letter, diagnostics: Sequence[Diagnostic], categories: Sequence[str], title: str
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    from perftarget.formats.docx.write_paragraph import set_first_line_indent
    from perftarget.formats.docx.write_text import title_lines

    _add_paragraph(document, "AnnexTitle", *title_lines(title, ""))
    recipient = letter.recipient or tr("填报单位", "To whom it may concern")
    salutation = _add_paragraph(document, "Body", recipient + tr("：", ":"))
    set_first_line_indent(salutation.paragraph_format, 0)
    _add_paragraph(document, "Body", _opening(letter.project, len(diagnostics)))
    for style_id, text in _findings(diagnostics, categories):
        _add_paragraph(document, style_id, text)
    _add_paragraph(document, "Body")
    day = letter.day
    for line in (letter.sender, tr(f"{day.year}年{day.month}月{day.day}日", day.isoformat())):
        if line:
            _add_paragraph(document, "Body", line).alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _add_paragraph(document: Document, style_id: StyleId, *lines: str) -> Paragraph:
    from perftarget.formats.docx.write_paragraph import add_lines
    from perftarget.formats.docx.write_styles import STYLE_NAMES

    paragraph = document.add_paragraph(style=STYLE_NAMES[style_id])
    add_lines(paragraph, lines)
    return paragraph


def _opening(project: str, count: int) -> str:
    if not count:
        return tr(
            f"你单位报送的“{project}”项目支出预算绩效目标表，经审核没有需要修改的内容。",
            f"The performance target table of “{project}” was reviewed; nothing has to be changed.",
        )
    return tr(
        f"你单位报送的“{project}”项目支出预算绩效目标表，经审核有以下 {count} 处需要修改或说明，现予退回，"
        "请修改后重新报送。",
        f"The performance target table of “{project}” was reviewed. The {count} points below need to be changed or"
        " explained; please send it again then.",
    )


def _findings(diagnostics: Sequence[Diagnostic], categories: Sequence[str]) -> Iterator[tuple[StyleId, str]]:
    """Yield style and text of each paragraph: a heading for each category, and its diagnostics numbered throughout."""
    by_category = {
        category: [diagnostic for diagnostic in diagnostics if diagnostic.category == category]
        for category in categories
    }
    number = 0
    for index, category in enumerate(category for category in categories if by_category[category]):
        yield "Heading", tr(f"{_NUMBERS[index]}、{category}", f"{index + 1}. {category}")
        for diagnostic in by_category[category]:
            number += 1
            yield from (("Body", line) for line in _lines(number, diagnostic))


def _lines(number: int, diagnostic: Diagnostic) -> Iterator[str]:
    """Yield the finding and its place, then the declared and the computed figures, then the fix."""
    place = _place(diagnostic)
    suffix = tr(f"（{place}）", f" ({place})") if place else ""
    severity = f"{tr('【', '[')}{request_name(diagnostic.severity)}{tr('】', '] ')}"
    yield f"{number}. {severity}{diagnostic.title}{suffix}"
    yield sentence(diagnostic.label)
    for related in diagnostic.related:
        if related.row and related.place.path == diagnostic.place.path:  # readers of a form have no other files
            name = related.indicator or related.place.label or ""
            yield f"{name}{tr('：', ': ')}{sentence(related.message)}"
    yield from map(sentence, diagnostic.notes)
    yield tr(f"依据：{diagnostic.basis}。", f"basis: “{diagnostic.basis}”.")
    if diagnostic.fix:
        yield sentence(tr(f"可改为：{diagnostic.fix.title}", f"to be written: {diagnostic.fix.title}"))


def _place(diagnostic: Diagnostic) -> str:
    """Return the indicator or else the field that the form shows, and the cell if the table is an Office file."""
    names = [str(part) for part in diagnostic.at if part != KEY and not isinstance(part, int)]
    place = diagnostic.indicator or (names[0] if names else "")
    return tr("，", ", ").join(part for part in (place, diagnostic.place.label or "") if part)
