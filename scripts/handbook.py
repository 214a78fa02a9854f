"""For MkDocs: the READMEs and what stands beside them are pages of the site, too, with their links turned to it."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    "README.zh-CN.md": "index.md",
    "README.md": "readme.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "CHANGELOG.md": "changelog.md",
    "benchmarks/README.md": "benchmarks.md",
}
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)#\s]+)(#[^)]*)?\)")
_SOURCE = re.compile(r'(src|href)="(?!https?:)([^"]+)"')


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that stand outside of docs/."""
    for source, page in PAGES.items():
        text = (ROOT / source).read_text(encoding="utf-8")
        files.append(File.generated(config, page, content=turned(text, source)))
    return files


def turned(text: str, source: str) -> str:
    """The text with its links as the site has them; of what is no page of the site only the name is left."""

    def link(found: re.Match[str]) -> str:
        picture, label, target, anchor = found.groups()
        page = _page(target, source)
        if page is None:
            return label
        return f"{picture}[{label}]({page}{anchor or ''})"

    def attribute(found: re.Match[str]) -> str:
        return f'{found[1]}="{_page(found[2], source) or found[2]}"'

    parts = re.split(r"(^```.*?^```$)", text, flags=re.MULTILINE | re.DOTALL)
    parts[::2] = (_SOURCE.sub(attribute, _LINK.sub(link, part)) for part in parts[::2])
    return "".join(parts)


CAPTIONS = {
    "config": "配置：",
    "fixed": "修复以后：",
    "fixed unsafe": "修复以后（要核对，加 `--unsafe`）：",
    "crlf": "行尾为 CRLF：",
    "gb18030": "以 GB18030 编码保存：",
    "binary": "不是文本的内容：",
}
"""What the words after `yaml` say of a block in the page of a rule."""
_WIDE = r"[\u2014\u2018-\u201d\u2026\u3000-\u9fff\uff00-\uffef]"
_BROKEN = re.compile(rf"(?<={_WIDE})\n *(?={_WIDE})")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Blocks with a caption, and Chinese lines joined without the blank that a line end would become."""
    parts = re.split(r"(^ *```.*?^ *```$)", markdown, flags=re.MULTILINE | re.DOTALL)
    parts[::2] = (_BROKEN.sub("", part) for part in parts[::2])
    parts[1::2] = (re.sub(r"^( *)```yaml ([a-z0-9 ]+)\n", _captioned, part) for part in parts[1::2])
    return "".join(parts)


def _captioned(found: re.Match[str]) -> str:
    return f"\n{found[1]}{CAPTIONS[found[2]]}\n\n{found[1]}```yaml\n"


def _page(target: str, source: str) -> str | None:
    """Where a link of that file leads on the site; None where the site does not have it."""
    if re.match(r"[a-z]+:", target):
        return target
    path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
    if path in PAGES:
        return PAGES[path]
    below = path.removeprefix("docs/")
    return below if below != path and (ROOT / path).is_file() else None
