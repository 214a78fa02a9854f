"""Files of a new project: settings, the schema for editors, a pre-commit hook and a CI workflow."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from perftarget import __version__
from perftarget.authoring.json_schema import schema_text
from perftarget.files.atomic_write import SCHEMA_PATH
from perftarget.i18n import tr

_HOOK: Final = f"""\
repos:
  - repo: local
    hooks:
      - id: perftarget
        name: perftarget validate
        entry: perftarget validate
        language: python
        additional_dependencies: [perftarget=={__version__}]
        files: \\.(ya?ml|docx|xlsx)$
        pass_filenames: false
"""
_GITHUB: Final = f"""\
name: perftarget
on:
  pull_request:
  push:
    branches: [main]
permissions: {{}}
jobs:
  tables:
    permissions:
      contents: read
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@8e8c483db84b4bee98b60c0593521ed34d9990e8 # v6.0.1
        with:
          persist-credentials: false
      - uses: actions/setup-python@e797f83bcb11b83ae66e0230d6156d7c80228e7c # v6.0.0
        with:
          python-version: "3.13"
      - run: pip install perftarget=={__version__} && perftarget validate
"""
_GITLAB: Final = f"""\
perftarget:
  image: python:3.13-slim
  script:
    - pip install --quiet perftarget=={__version__}
    - perftarget validate --format=text --format=gitlab=gl-code-quality-report.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
"""


def project_files(folder: Path, *, profile: str, ci: str) -> dict[Path, str]:
    """Return the files of a new project by path; `ci` is `github`, `gitlab` or `none`."""
    files = {
        folder / "perftarget.yaml": _settings(profile),
        folder / SCHEMA_PATH: schema_text("table"),
        folder / ".pre-commit-config.yaml": _HOOK,
    }
    if ci == "github":
        files[folder / ".github" / "workflows" / "perftarget.yml"] = _GITHUB
    elif ci == "gitlab":
        files[folder / ".gitlab-ci.yml"] = _GITLAB
    return files


def _settings(profile: str) -> str:
    return tr(
        f"""\
# perftarget 的设置。全部设置见：perftarget schema config
extends: {profile}
paths: [data/]

# 预算年度；写明后检查项目期限是否在这一年之内。
# year: 2025

# 附件上的编制单位。
# annex:
#   bureau: 平罗县就业创业服务局

# 个别规则的级别：error warning info off。全部规则见：perftarget rules
# severity:
#   not-measurable: info
""",
        f"""\
# Settings of perftarget; all of them: perftarget schema config
extends: {profile}
paths: [data/]

# The year of the budget; the periods of the projects are checked against it.
# year: 2025

# Who makes the annex.
# annex:
#   bureau: 平罗县就业创业服务局

# How strict a rule is: error warning info off. All rules: perftarget rules
# severity:
#   not-measurable: info
""",
    )
