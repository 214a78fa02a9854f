"""Write the generated files: schemas, rule pages, the pages of the commands, a picture.

With `--check`, only report the files that are out of date, and fail if there are any.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from screen import draw_screen

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = ("table", "config", "report")
NOTICE = "由 scripts/generate.py 生成"
SEVERITY_NAMES = {"ERROR": "错误", "WARNING": "警告", "INFO": "建议"}
COMMAND_PAGES = {"commands.md": "en", "commands.zh-CN.md": "zh"}


def generated_files() -> dict[Path, str]:
    """Return the text of each generated file by its path."""
    from perftarget.authoring.json_schema import schema_text
    from perftarget.linter.rule import rules

    files = {ROOT / "schemas" / f"{name}.schema.json": schema_text(name) for name in SCHEMAS}
    pages = {name: rule_page(rule) for name, rule in rules().items()}
    files |= {ROOT / "docs" / "rules" / f"{name}.md": text for name, text in pages.items()}
    files[ROOT / "docs" / "rules" / "README.md"] = rule_index()
    files |= {ROOT / "docs" / name: commands_page(language) for name, language in COMMAND_PAGES.items()}
    files[ROOT / "docs" / "pictures" / "validate.svg"] = draw_screen()
    return files


def rule_page(rule) -> str:  # noqa: ANN001
    """Return the Markdown page of a rule."""
    norm, rest = rule.page.split("\n", 1)
    fixable = "有" if rule.fixable else "无"
    properties = f"`{rule.name}` · {SEVERITY_NAMES[rule.severity.name]} · {rule.category} · 自动修复：{fixable}"
    return f"<!-- {NOTICE} -->\n\n# {rule.title}\n\n{properties}\n\n{norm}\n{rest}\n"


def rule_index() -> str:
    """Return the Markdown table of all rules."""
    from perftarget.linter.rule import rules

    lines = [f"<!-- {NOTICE} -->", "", "# 规则", ""]
    lines += ["| 规则 | 内容 | 级别 | 审核项 | 自动修复 |", "|---|---|---|---|---|"]
    for name, rule in rules().items():
        fixable = "有" if rule.fixable else ""
        severity = SEVERITY_NAMES[rule.severity.name]
        lines.append(f"| [{name}]({name}.md) | {rule.title} | {severity} | {rule.category} | {fixable} |")
    return "\n".join(lines) + "\n"


def commands_page(language: str) -> str:
    """Return the Markdown page with the help of each command in a language."""
    title, notice = ("Commands", "made by scripts/generate.py") if language == "en" else ("命令", NOTICE)
    main_help = command_help("", language)
    names = re.findall(r"(?m)^  ([a-z]+)  ", main_help)
    parts = [f"<!-- {notice} -->", f"# {title}", f"```text\n{main_help}```"]
    for name in names:
        parts += [f"## {name}", f"```text\n{command_help(name, language)}```"]
    return "\n\n".join(parts) + "\n"


def command_help(command: str, language: str) -> str:
    """Return the help of a command for a terminal of 100 columns; of the program if `command` is ""."""
    arguments = [sys.executable, "-m", "perftarget", *filter(None, [command]), "--help", "--lang", language]
    environment = {**os.environ, "COLUMNS": "100", "PYTHONUTF8": "1"}
    return subprocess.run(arguments, env=environment, capture_output=True, check=True, encoding="utf-8").stdout


def main(arguments: list[str]) -> int:
    """Write or check the generated files, and return the exit code."""
    files = generated_files()
    rule_pages = {path for path in files if path.parent.name == "rules"}
    stale = [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    stale += [path for path in (ROOT / "docs" / "rules").glob("*.md") if path not in rule_pages]
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
