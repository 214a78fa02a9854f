"""Targets as they stand in tables: each is read as a person reads it."""

from pathlib import Path

import pytest

from perftarget.values.parser import parse

LINES = Path(__file__).with_name("targets.txt").read_text(encoding="utf-8").splitlines()
TARGETS = [(*line.split(" | "), "")[:4] for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(("raw", "kind", "normal"), [target[:3] for target in TARGETS])
def test_a_target_is_read_as_a_person_reads_it(raw: str, kind: str, normal: str) -> None:
    value = parse(raw)
    assert (type(value).__name__, str(value)) == (kind, raw if normal == "-" else normal)
    assert parse(str(value)) == value


def test_the_targets_are_many_and_differ() -> None:
    assert len({raw for raw, *_ in TARGETS}) == len(TARGETS) > 600
