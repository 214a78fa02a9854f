"""MkDocs hooks that add the READMEs and other files outside of docs/ to the site and rewrite their links."""

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
_ATTRIBUTE = re.compile(r'(src|href)="(?!https?:)([^"]+)"')


def on_files(files: Any, config: Any) -> Any:
    """Add the pages from outside of docs/."""
    for source, page in PAGES.items():
        text = (ROOT / source).read_text(encoding="utf-8")
        files.append(File.generated(config, page, content=rewrite_links(text, source)))
    return files


def rewrite_links(text: str, source: str) -> str:
    """Return the text of the file `source` with links to the pages of the site; other relative links become text."""

    def replace_link(match: re.Match[str]) -> str:
        image, label, target, anchor = match.groups()
        page = _site_target(target, source)
        if page is None:
            return label
        return f"{image}[{label}]({page}{anchor or ''})"

    def replace_attribute(match: re.Match[str]) -> str:
        return f'{match[1]}="{_site_target(match[2], source) or match[2]}"'

    parts = re.split(r"(^```.*?^```$)", text, flags=re.MULTILINE | re.DOTALL)
    parts[::2] = (_ATTRIBUTE.sub(replace_attribute, _LINK.sub(replace_link, part)) for part in parts[::2])
    return "".join(parts)


CAPTIONS = {
    "config": "配置：",
    "fixed": "修复以后：",
    "fixed unsafe": "修复以后（要核对，加 `--unsafe`）：",
    "crlf": "行尾为 CRLF：",
    "gb18030": "以 GB18030 编码保存：",
    "binary": "不是文本的内容：",
}
"""The captions of the code blocks on rule pages, by the words after `yaml` in their info strings."""
_WIDE = r"[\u2014\u2018-\u201d\u2026\u3000-\u9fff\uff00-\uffef]"
_WIDE_LINE_BREAK = re.compile(rf"(?<={_WIDE})\n *(?={_WIDE})")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Add captions to code blocks, and join Chinese lines, since a line break would be shown as a space."""
    parts = re.split(r"(^ *```.*?^ *```$)", markdown, flags=re.MULTILINE | re.DOTALL)
    parts[::2] = (_WIDE_LINE_BREAK.sub("", part) for part in parts[::2])
    parts[1::2] = (re.sub(r"^( *)```yaml ([a-z0-9 ]+)\n", _add_caption, part) for part in parts[1::2])
    return "".join(parts)


def _add_caption(match: re.Match[str]) -> str:
    return f"\n{match[1]}{CAPTIONS[match[2]]}\n\n{match[1]}```yaml\n"


def _site_target(target: str, source: str) -> str | None:
    """Return the target on the site of a link in the file `source`; None if the site does not have it."""
    if re.match(r"[a-z]+:", target):
        return target
    path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
    if path in PAGES:
        return PAGES[path]
    below_docs = path.removeprefix("docs/")
    return below_docs if below_docs != path and (ROOT / path).is_file() else None
