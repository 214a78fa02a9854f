"""Defects seeded into the good tables: each kind is found at least as often as tests/data/seeded-defects.yaml says.

`pytest --update-golden` writes the present numbers; `python tests/seeded.py` measures all changes, not a few.
"""

from __future__ import annotations

import pytest
import yaml

from repository import TESTS
from seeded_defects import Tally, measure, sample, tally
from seeded_sheet import KINDS, Change

FLOORS = TESTS / "data" / "seeded-defects.yaml"
SEED, PER_KIND = 1, 3
HEAD = f"# 每种差错在 {PER_KIND} 处试过，至少找出几处；由 pytest --update-golden 写成\n"


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    return measure(SEED, PER_KIND)


def test_each_kind_is_found_as_often_as_before(tallies: dict[str, Tally], request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        found = {name: tally.found for name, tally in tallies.items()}
        FLOORS.write_text(HEAD + yaml.safe_dump(found, allow_unicode=True, sort_keys=False), encoding="utf-8")
    floors = yaml.safe_load(FLOORS.read_text(encoding="utf-8"))
    assert floors.keys() == tallies.keys()
    lost = {name: [one.shown for one in tally.missed] for name, tally in tallies.items() if tally.found < floors[name]}
    assert not lost, "kinds that were found more often before, with what is missed now"


def test_each_kind_applies_to_some_table(tallies: dict[str, Tally]) -> None:
    assert [name for name, tally in tallies.items() if not tally.seeded] == []


def test_every_change_changes_its_table_and_is_drawn_again() -> None:
    for name in list(KINDS)[::20]:
        drawn = sample(name, SEED, 2)
        assert [one.shown for one in drawn] == [one.shown for one in sample(name, SEED, PER_KIND)[:2]]
        assert all((one.text_beside if one.beside else one.text) != one.sheet.text for one in drawn)


def _wrong_satisfaction() -> Change:
    """Return a change that the rules find at its row."""
    change = next(one for one in sample("V5-满意度-满意", SEED, None) if "居家养老" in one.sheet.file)
    assert tally("V5-满意度-满意", [change]).found == 1
    return change


def test_a_finding_at_another_row_is_no_find() -> None:
    change = _wrong_satisfaction()
    elsewhere = change._replace(places=(("项目名称",),))
    counted = tally("V5-满意度-满意", [elsewhere])
    assert (counted.seeded, counted.found, counted.other) == (1, 0, 1)
    assert [one.rule for _, one in counted.others] == ["satisfaction-form"]


def test_a_finding_of_the_good_table_is_no_find() -> None:
    change = _wrong_satisfaction()
    unchanged = tally("V5-满意度-满意", [change._replace(edit=lambda root: None)])
    assert (unchanged.seeded, unchanged.found, unchanged.other) == (1, 0, 0)
