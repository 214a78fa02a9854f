"""The findings of a table to the letter that sends it back: by the boxes of the review form, as an official page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.errors import WriteError
from perftarget.files.atomic_write import unique_paths
from perftarget.formats.docx.write_file import FontFaces, Style, pack_document
from perftarget.formats.docx.write_text import runs_xml, title_lines
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Diagnostic
from perftarget.linter.rule import CATEGORIES
from perftarget.linter.run import TableView
from perftarget.reporters.phrases import severity_name
from perftarget.tables.renderer import _faces
from perftarget.text.source import KEY

_NUMBERS: Final = "一二三四五六七八九"
_BREAK: Final = "<w:r><w:br/></w:r>"
_RIGHT: Final = '<w:jc w:val="right"/>'
_FLUSH: Final = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_TEXT: Final = (240, 320)  # of a table that no letter has


@dataclass(frozen=True, slots=True)
class Letter:
    """To whom, about what, from whom and when: `sender` may be "", and is then left to be written."""

    recipient: str
    project: str
    sender: str
    day: date


def letter_bytes(letter: Letter, findings: Iterable[Diagnostic], categories: Sequence[str], faces: FontFaces) -> bytes:
    """The letter as a Word file; what is waived is not in it. Raises IllegalCharacter."""
    found = [one for one in findings if one.suppressed is None]
    title = tr("绩效目标表退回修改意见", "Performance target table returned for revision")
    return pack_document(
        _body(letter, found, categories, title), Style(faces, *_TEXT), title=title, creator=letter.sender
    )


def _body(letter: Letter, found: list[Diagnostic], categories: Sequence[str], title: str) -> Iterator[str]:
    yield _paragraph("AnnexTitle", _BREAK.join(map(runs_xml, title_lines(title, ""))))
    recipient = letter.recipient or tr("填报单位", "To whom it may concern")
    yield _paragraph("Body", runs_xml(recipient + tr("：", ":")), _FLUSH)
    yield _paragraph("Body", runs_xml(_opening(letter.project, len(found))))
    number = 0
    for index, category in enumerate(
        category for category in categories if any(one.category == category for one in found)
    ):
        yield _paragraph("Heading", runs_xml(tr(f"{_NUMBERS[index]}、{category}", f"{index + 1}. {category}")))
        for one in (one for one in found if one.category == category):
            number += 1
            yield from (_paragraph("Body", runs_xml(line)) for line in _lines(number, one))
    yield _paragraph("Body", "")
    if letter.sender:
        yield _paragraph("Body", runs_xml(letter.sender), _RIGHT)
    day = letter.day
    yield _paragraph("Body", runs_xml(tr(f"{day.year}年{day.month}月{day.day}日", day.isoformat())), _RIGHT)


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


def _lines(number: int, one: Diagnostic) -> Iterator[str]:
    """What is wrong and where; what was declared and computed; what to write."""
    place = _place(one)
    where = tr(f"（{place}）", f" ({place})") if place else ""
    yield f"{number}. {tr('【', '[')}{severity_name(one.severity)}{tr('】', '] ')}{one.title}{where}"
    yield one.label + tr("。", ".")
    for mark in one.related:
        if mark.row and mark.place.path == one.place.path:  # the lines of a file say nothing to who has a form
            yield f"{mark.indicator or mark.place.label or ''}{tr('：', ': ')}{mark.message}{tr('。', '.')}"
    yield from one.notes
    if one.fix:
        yield tr(f"可改为：{one.fix.title}", f"to be written: {one.fix.title}")


def _place(one: Diagnostic) -> str:
    """As the form names it: the indicator, else the field; a cell of the author's file by its place."""
    names = [str(part) for part in one.at if part != KEY and not isinstance(part, int)]
    place = one.indicator or (names[0] if names else "")
    return tr("，", ", ").join(part for part in (place, one.place.label or "") if part)


def _paragraph(style: str, content: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


class ReturnedTable(NamedTuple):
    """A table to be sent back, and why."""

    sheet: TableView
    profile: Profile
    findings: Sequence[Diagnostic]


def write_letters(given: Sequence[ReturnedTable], folder: Path, day: date) -> dict[Path, bytes]:
    """The letter that sends each table back, named for its project. Raises Unwritten."""
    files = unique_paths((sheet.name for sheet, _, _ in given), folder, "-退回修改意见.docx")
    written = {}
    for path, (sheet, profile, found) in zip(files, given, strict=True):
        about = Letter(sheet.unit, sheet.name, profile.annex.reviewer, day)
        try:
            written[path] = letter_bytes(about, found, CATEGORIES, _faces(profile))
        except ValueError as error:
            raise WriteError(str(error)) from error
    return written
