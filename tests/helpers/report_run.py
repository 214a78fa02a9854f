"""Runs whose reports the tests compare; their date does not change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from perftarget.linter.run import Run
from perftarget.linter.selection import select_rules
from perftarget.runner.project import Project
from perftarget.runner.run import check_project

SOURCE = "tests/data/附件2.txt"
"""The text of the official form, relative to the repository."""


def run_on(*paths: str, rules: Sequence[str] = (), draw: bool = False) -> Run:
    project = Project.find(list(paths), None)
    project.today = date(2025, 6, 30)
    return check_project(project, select_rules(rules), with_tables=draw)
