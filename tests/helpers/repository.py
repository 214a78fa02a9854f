"""Places in the repository."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
PACKAGE = ROOT / "src" / "perftarget"
DATA = ROOT / "data" / "projects"
"""The folder of the five real tables."""
PROJECTS = sorted(DATA.glob("*.yaml"))
DOCX_CHECKER = ROOT.parent / "shared" / "tools" / "ooxml" / "check_docx.py"
"""A schema checker of Word files, which is not part of the repository; tests that need it are skipped without it."""
