"""Files that may hold a table and cannot be read, or were left out: by suffix, with what to do about them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from typing import Final

from perftarget.i18n import count_noun, join_words, tr

_WORD: Final = ("请用 Word 或 WPS 打开，另存为 .docx", "open it in Word or WPS and save it as .docx")
_SHEET: Final = ("请用 Excel 或 WPS 打开，另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx")
_SCAN: Final = ("请取得原来的 Word 或 Excel 文件", "get the Word or Excel file that it was made from")
_SLIDES: Final = ("请把其中的表格存为 .docx 或 .xlsx", "save the table in it as .docx or .xlsx")
_ARCHIVE: Final = ("请解压后检查里面的文件", "unpack it and check the files inside")
_TEXT: Final = ("请直接写出文件名", "name the file itself")
_REMEDIES: Final = {
    **dict.fromkeys((".doc", ".dot", ".dotm", ".wps", ".wpt", ".rtf", ".odt", ".uot"), _WORD),
    **dict.fromkeys((".xls", ".xlt", ".xltx", ".xltm", ".xlsb", ".et", ".ett", ".ods", ".uos"), _SHEET),
    **dict.fromkeys((".csv", ".tsv"), _SHEET),
    **dict.fromkeys((".pdf", ".ofd", ".ceb", ".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff"), _SCAN),
    **dict.fromkeys((".webp", ".heic"), _SCAN),
    **dict.fromkeys((".ppt", ".pps", ".pptx", ".ppsx", ".dps", ".odp"), _SLIDES),
    **dict.fromkeys((".zip", ".rar", ".7z", ".tar", ".gz", ".tgz"), _ARCHIVE),
}
"""The advice for each format that cannot be read, in Chinese and English."""
_NO_TABLE: Final = re.compile(
    r"(?i)(?:readme|read\.me|licen[cs]e|copying|notice|authors|changelog|changes|contributing|requirements|constraints"
    r"|robots|cmakelists|读我|自述文件)(?![^\W_])"
)
"""Beginning of the name of a text file that belongs to a folder and is no table."""


def unchecked_suffix(name: str) -> str:
    """Return the suffix of a file that may hold a table but is not read from a folder, in lower case, else ""."""
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - called for every file of a folder
    suffix = suffix.lower()
    if suffix == ".txt":
        return "" if _NO_TABLE.match(stem) else suffix
    return suffix if suffix in _REMEDIES else ""


def refusal(suffix: str) -> str:
    """Return why a named file of this format cannot be read and what to do, or "" for a format not known here."""
    if suffix not in _REMEDIES:
        return ""
    remedy = tr(*_REMEDIES[suffix])
    return tr(f"读不了 {suffix} 文件；{remedy}", f"{suffix} files cannot be read; {remedy}")


def counts_by_suffix(suffixes: Iterable[str]) -> dict[str, int]:
    """Return the number of files of each suffix, most frequent first."""
    counts: dict[str, int] = {}
    for suffix in suffixes:
        counts[suffix] = counts.get(suffix, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def unchecked_text(counts: Mapping[str, int]) -> str:
    """Return a sentence with the number of files that were not checked, by suffix."""
    number, parts = sum(counts.values()), _listed(counts)
    return tr(f"另有 {number} 个文件没有检查（{parts}）", f"{count_noun(number, 'more file')} not checked ({parts})")


def unread_text(counts: Mapping[str, int]) -> str:
    """Return a sentence with the number of files that were not read, by suffix."""
    number, parts = sum(counts.values()), _listed(counts)
    return tr(f"另有 {number} 个文件没有读（{parts}）", f"{count_noun(number, 'more file')} not read ({parts})")


def nothing_readable(counts: Mapping[str, int]) -> str:
    """Return the message about a folder in which no file can be read: the files there, and what to do with them."""
    number, parts = sum(counts.values()), _listed(counts)
    by_remedy: dict[str, list[str]] = {}
    for suffix in counts:
        by_remedy.setdefault(tr(*_REMEDIES.get(suffix, _TEXT)), []).append(suffix)
    remedies = [f"{join_words(suffixes)}{tr(' ', ': ')}{remedy}" for remedy, suffixes in by_remedy.items()]
    advice = tr("；", "; ").join(remedies)
    return tr(
        f"没有能读的表格，{number} 个文件没有读（{parts}）；{advice}",
        f"no table that can be read; {count_noun(number, 'file')} not read ({parts}); {advice}",
    )


def _listed(counts: Mapping[str, int]) -> str:
    return join_words(f"{suffix} {number}" for suffix, number in counts.items())
