"""The findings of a table to the letter that sends it back: by the boxes of the review form, as an official page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.errors import Unwritten
from perftarget.files.atomic_write import named
from perftarget.formats.docx.write_file import Faces, Style, packed
from perftarget.formats.docx.write_text import runs, title_lines
from perftarget.i18n import say
from perftarget.linter.diagnostic import Diagnostic
from perftarget.linter.rule import BOXES
from perftarget.linter.run import Sheet
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


def write(letter: Letter, findings: Iterable[Diagnostic], boxes: Sequence[str], faces: Faces) -> bytes:
    """The letter as a Word file; what is waived is not in it. Raises IllegalCharacter."""
    found = [one for one in findings if one.waived is None]
    title = say("绩效目标表退回修改意见", "Performance target table returned for revision")
    return packed(_body(letter, found, boxes, title), Style(faces, *_TEXT), title=title, creator=letter.sender)


def _body(letter: Letter, found: list[Diagnostic], boxes: Sequence[str], title: str) -> Iterator[str]:
    yield _paragraph("AnnexTitle", _BREAK.join(map(runs, title_lines(title, ""))))
    recipient = letter.recipient or say("填报单位", "To whom it may concern")
    yield _paragraph("Body", runs(recipient + say("：", ":")), _FLUSH)
    yield _paragraph("Body", runs(_opening(letter.project, len(found))))
    number = 0
    for index, box in enumerate(box for box in boxes if any(one.box == box for one in found)):
        yield _paragraph("Heading", runs(say(f"{_NUMBERS[index]}、{box}", f"{index + 1}. {box}")))
        for one in (one for one in found if one.box == box):
            number += 1
            yield from (_paragraph("Body", runs(line)) for line in _lines(number, one))
    yield _paragraph("Body", "")
    if letter.sender:
        yield _paragraph("Body", runs(letter.sender), _RIGHT)
    day = letter.day
    yield _paragraph("Body", runs(say(f"{day.year}年{day.month}月{day.day}日", day.isoformat())), _RIGHT)


def _opening(project: str, count: int) -> str:
    if not count:
        return say(
            f"你单位报送的“{project}”项目支出预算绩效目标表，经审核没有需要修改的内容。",
            f"The performance target table of “{project}” was reviewed; nothing has to be changed.",
        )
    return say(
        f"你单位报送的“{project}”项目支出预算绩效目标表，经审核有以下 {count} 处需要修改或说明，现予退回，"
        "请修改后重新报送。",
        f"The performance target table of “{project}” was reviewed. The {count} points below need to be changed or"
        " explained; please send it again then.",
    )


def _lines(number: int, one: Diagnostic) -> Iterator[str]:
    """What is wrong and where; what was declared and computed; what to write."""
    place = _place(one)
    where = say(f"（{place}）", f" ({place})") if place else ""
    yield f"{number}. {say('【', '[')}{severity_name(one.severity)}{say('】', '] ')}{one.title}{where}"
    yield one.label + say("。", ".")
    for mark in one.related:
        if mark.row and mark.place.path == one.place.path:  # the lines of a file say nothing to who has a form
            yield f"{mark.indicator or mark.place.label or ''}{say('：', ': ')}{mark.message}{say('。', '.')}"
    yield from one.notes
    if one.fix:
        yield say(f"可改为：{one.fix.title}", f"to be written: {one.fix.title}")


def _place(one: Diagnostic) -> str:
    """As the form names it: the indicator, else the field; a cell of the author's file by its place."""
    names = [str(part) for part in one.at if part != KEY and not isinstance(part, int)]
    place = one.indicator or (names[0] if names else "")
    return say("，", ", ").join(part for part in (place, one.place.label or "") if part)


def _paragraph(style: str, content: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


class Returned(NamedTuple):
    """A table to be sent back, and why."""

    sheet: Sheet
    profile: Profile
    findings: Sequence[Diagnostic]


def letters(given: Sequence[Returned], folder: Path, day: date) -> dict[Path, bytes]:
    """The letter that sends each table back, named for its project. Raises Unwritten."""
    files = named((sheet.name for sheet, _, _ in given), folder, "-退回修改意见.docx")
    written = {}
    for path, (sheet, profile, found) in zip(files, given, strict=True):
        about = Letter(sheet.unit, sheet.name, profile.annex.reviewer, day)
        try:
            written[path] = write(about, found, BOXES, _faces(profile))
        except ValueError as error:
            raise Unwritten(str(error)) from error
    return written
