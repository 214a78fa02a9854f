"""Write every generated file: schemas, rule pages, the commands, a picture. `--check` only says which are stale."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from screen import drawn

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = ("table", "config", "report")
MADE = "由 scripts/generate.py 生成"
WORDS = {"ERROR": "错误", "WARNING": "警告", "INFO": "建议"}
COMMANDS = {"commands.md": "en", "commands.zh-CN.md": "zh"}


def generated() -> dict[Path, str]:
    """The text of each generated file by its path."""
    from perftarget.authoring.json_schema import schema_text
    from perftarget.linter.rule import rules

    files = {ROOT / "schemas" / f"{name}.schema.json": schema_text(name) for name in SCHEMAS}
    pages = {name: page(rule) for name, rule in rules().items()}
    files |= {ROOT / "docs" / "rules" / f"{name}.md": text for name, text in pages.items()}
    files[ROOT / "docs" / "rules" / "README.md"] = index()
    files |= {ROOT / "docs" / name: commands(language) for name, language in COMMANDS.items()}
    files[ROOT / "docs" / "pictures" / "validate.svg"] = drawn()
    return files


def page(rule) -> str:  # noqa: ANN001
    norm, rest = rule.page.split("\n", 1)
    fixable = "有" if rule.fixable else "无"
    facts = f"`{rule.name}` · {WORDS[rule.severity.name]} · {rule.category} · 自动修复：{fixable}"
    return f"<!-- {MADE} -->\n\n# {rule.title}\n\n{facts}\n\n{norm}\n{rest}\n"


def index() -> str:
    from perftarget.linter.rule import rules

    lines = [f"<!-- {MADE} -->", "", "# 规则", ""]
    lines += ["| 规则 | 内容 | 级别 | 审核项 | 自动修复 |", "|---|---|---|---|---|"]
    for name, rule in rules().items():
        fixable = "有" if rule.fixable else ""
        lines.append(
            f"| [{name}]({name}.md) | {rule.title} | {WORDS[rule.severity.name]} | {rule.category} | {fixable} |"
        )
    return "\n".join(lines) + "\n"


def commands(language: str) -> str:
    """The help of each command, in that language."""
    title, note = ("Commands", "made by scripts/generate.py") if language == "en" else ("命令", MADE)
    whole = help_of("", language)
    names = re.findall(r"(?m)^  ([a-z]+)  ", whole)
    parts = [f"<!-- {note} -->", f"# {title}", f"```text\n{whole}```"]
    for name in names:
        parts += [f"## {name}", f"```text\n{help_of(name, language)}```"]
    return "\n\n".join(parts) + "\n"


def help_of(command: str, language: str) -> str:
    """The help as a terminal of 100 columns shows it."""
    asked = [sys.executable, "-m", "perftarget", *filter(None, [command]), "--help", "--lang", language]
    environment = {**os.environ, "COLUMNS": "100", "PYTHONUTF8": "1"}
    return subprocess.run(asked, env=environment, capture_output=True, check=True, encoding="utf-8").stdout


def main(arguments: list[str]) -> int:
    files = generated()
    kept = {path for path in files if path.parent.name == "rules"}
    stale = [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    stale += [path for path in (ROOT / "docs" / "rules").glob("*.md") if path not in kept]
    if "--check" in arguments:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is stale; run python scripts/generate.py")
        return 1 if stale else 0
    for path in stale:
        if path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[path], encoding="utf-8", newline="\n")
        else:
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
