"""Convert the forms of imported files to YAML files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from perftarget.errors import UnreadableFileError
from perftarget.files.atomic_write import schema_reference, unique_paths
from perftarget.files.discovery import TABLE_SUFFIXES
from perftarget.i18n import tr
from perftarget.tables.keys import ORDER
from perftarget.text.encoding import decode
from perftarget.values.years import parse_order

if TYPE_CHECKING:
    from perftarget.tables.form import Form

_ORDER_LINE: Final = re.compile(rf"""(?m)^["']?{ORDER}["']?[ \t]*:[ \t]+["']?([0-9０-９]+)["']?[ \t]*(?:#.*)?\r?$""")


def yaml_files(forms: Sequence[Form], folder: Path) -> dict[Path, str]:
    """Return the YAML text of each form by the path to write it to, which is unique and named after the project.

    The tables are numbered (序号) in the order of the forms, if there are several or the folder has numbered tables.
    """
    from perftarget.formats.yaml.writer import header  # only an import needs the writer
    from perftarget.formats.yaml.writer import write as to_yaml

    head = header(schema_reference(folder))
    paths = unique_paths((str(form.data.get("项目名称", "")) for form in forms), folder, ".yaml")
    numbers = _numbers(paths, folder)
    data = ({ORDER: number} | form.data if number else form.data for number, form in zip(numbers, forms, strict=True))
    texts = (to_yaml(one, head=head, comments=_comments(form)) for one, form in zip(data, forms, strict=True))
    return dict(zip(paths, texts, strict=True))


def _comments(form: Form) -> dict[str, list[str]]:
    """Return the doubts about a form as comments, by the key that each is about."""
    comments: dict[str, list[str]] = {}
    for doubt in form.doubts:
        place = tr(f"（{doubt.label}）", f" ({doubt.label})") if doubt.label else ""
        comments.setdefault(str(doubt.at[0]), []).append(tr("存疑：", "in doubt: ") + doubt.message + place)
    return comments


def _numbers(paths: Sequence[Path], folder: Path) -> list[str]:
    """Return the number of each new table, "" if it gets none.

    The numbers of the files that are replaced are used again, so that a repeated import changes nothing; further tables
    come after all other tables of the folder.
    """
    existing = dict(_existing_numbers(folder))
    if len(paths) == 1 and not existing:
        return [""]
    reused = sorted(existing[path.name] for path in paths if path.name in existing)
    last = max(existing.values(), default=0)
    added = range(last + 1, last + 1 + len(paths) - len(reused))
    return [str(number) for number in (*reused, *added)]


def _existing_numbers(folder: Path) -> Iterator[tuple[str, int]]:
    """Yield the name and the number of each numbered table in a folder; the files are searched and not parsed."""
    from perftarget.tables.reader import read_bytes

    try:
        files = sorted(folder.iterdir())
    except OSError:
        return  # there is no such folder yet, or it cannot be listed
    for file in (file for file in files if file.suffix.lower() in TABLE_SUFFIXES):
        try:
            decoded = decode(read_bytes(str(file)))
        except UnreadableFileError:
            continue  # a file that cannot be read has no number, and validate reports it
        match = _ORDER_LINE.search(decoded.text) if decoded else None
        number = parse_order(match[1]) if match else None
        if number is not None:
            yield file.name, number
