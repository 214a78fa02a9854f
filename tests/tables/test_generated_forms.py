"""Generated forms of all layouts are read right, or refused, or read with a doubt; none is silently read wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from generated_forms import LAYOUTS, generate
from generated_forms.judge import Verdict, assess, judge
from generated_forms.picture import picture
from generated_forms.reading import Reading
from generated_forms.truth import GeneratedForm, Truth, bare_caption
from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT
from perftarget.formats.grid import Cell, Grid

PROFILE = load_profile(DEFAULT)
FORMS_OF_A_LAYOUT = 10
NAMES = [layout.__name__ for layout in LAYOUTS]


@cache
def verdicts(layout: str) -> list[tuple[GeneratedForm, Verdict]]:
    return [(form, judge(form, PROFILE)) for form in generate(0, FORMS_OF_A_LAYOUT, layout)]


@pytest.mark.parametrize("layout", NAMES)
def test_no_form_is_silently_read_wrong(layout: str) -> None:
    for form, verdict in verdicts(layout):
        assert verdict.outcome != "wrong", "\n".join([form.variation, picture(form.flow), *verdict.faults])


@pytest.mark.parametrize("layout", NAMES)
def test_nothing_is_lost_or_altered(layout: str) -> None:
    for form, verdict in verdicts(layout):
        found = [fault for fault in verdict.faults if fault.startswith(("lost", "altered"))]
        assert not found, "\n".join([form.variation, picture(form.flow), *found])


# ---- the judge itself


def right_data(truth: Truth) -> dict[str, Any]:
    """Return the data that a perfect reader returns."""
    data: dict[str, Any] = {"项目名称": truth.name, "预算年度": truth.year}
    data |= {label or bare_caption(caption): value for caption, (label, value) in truth.fields.items()}
    if truth.amount is not None:
        data["项目年度金额"] = truth.amount
    if truth.goal is not None:
        data["年度总体绩效目标"] = truth.goal[0]
    indicators: dict[str, Any] = {}
    for row in truth.rows:
        rows = indicators.setdefault(f"{row.first}指标", {}).setdefault(f"{row.second}指标", [])
        rows.append({"指标": row.name} | {key.strip("?"): text for key, text in row.entry.items()})
    return {key: value for key, value in data.items() if value} | {"绩效指标": indicators}


def right_reading(form: GeneratedForm) -> Reading:
    return Reading([right_data(truth) for truth in form.truths], [cell.text for cell in form.contents], [], [""])


@pytest.mark.parametrize("layout", NAMES)
def test_the_judge_finds_the_right_reading_right(layout: str) -> None:
    for form in generate(0, FORMS_OF_A_LAYOUT, layout):
        if not form.is_other_kind:
            verdict = assess(form, right_reading(form))
            assert verdict.outcome == "right", "\n".join([form.variation, picture(form.flow), *verdict.faults])


def first_entry(data: dict[str, Any]) -> dict[str, str]:
    first = next(iter(data["绩效指标"].values()))
    return next(iter(first.values()))[0]


def lose_first_tier(data: dict[str, Any]) -> None:
    data["绩效指标"].popitem()


MISTAKES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "name": lambda data: data.update(项目名称="主管部门"),
    "amount": lambda data: data.update(项目年度金额="总投资"),
    "goal": lambda data: data.update(年度总体绩效目标="完成新增就业"),
    "altered": lambda data: data.update(年度总体绩效目标="新增98765人"),
    "key": lambda data: data.update({"37.24": "43.2"}),
    "field": lambda data: data.pop("主管部门"),
    "rows": lose_first_tier,
    "cell": lambda data: first_entry(data).update(值="≥98765"),
    "funding": lambda data: data.update(资金来源={"财政拨款": "98765"}),
}


@pytest.mark.parametrize("kind", MISTAKES)
def test_the_judge_finds_a_wrong_reading_wrong(kind: str) -> None:
    for form in generate(0, FORMS_OF_A_LAYOUT, "e_transfer_area"):
        reading = right_reading(form)
        if "主管部门" in reading.data[0]:
            MISTAKES[kind](reading.data[0])
            verdict = assess(form, reading)
            assert verdict.outcome == "wrong"
            assert kind in {fault.split(":")[0] for fault in verdict.faults}
            reading.doubts.append("金额看不清")
            assert assess(form, reading).outcome == "doubted"


def test_the_judge_finds_a_lost_text() -> None:
    for form in generate(0, FORMS_OF_A_LAYOUT, "mixed"):
        reading = right_reading(form)
        reading.reported.clear()
        reading.data[0]["绩效指标"].clear()
        lost = [fault for fault in assess(form, reading).faults if fault.startswith("lost")]
        assert len(lost) >= len({row.name for row in form.truths[0].rows})


def test_a_form_is_drawn_as_a_picture() -> None:
    cells = (Cell("目标\n二", 0, 0, 2, 1), Cell("甲", 0, 1, 1, 2), Cell("", 1, 1), Cell("乙", 1, 2))
    line = Grid((Cell("附件2", 0, 0),), 1, 1)
    assert picture([line, Grid(cells, 2, 3)]) == "附件2\n===\n目标\\n二 | 甲 | <\n^ |  | 乙"
