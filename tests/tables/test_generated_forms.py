"""Generated forms of all layouts are read right, or refused, or read with a doubt; none is silently read wrong."""

from __future__ import annotations

import pytest

from generated_forms import LAYOUTS, generate
from generated_forms.judge import judge
from generated_forms.picture import picture
from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT

PROFILE = load_profile(DEFAULT)
FORMS_OF_A_LAYOUT = 15


@pytest.mark.parametrize("layout", [layout.__name__ for layout in LAYOUTS])
def test_no_form_is_silently_read_wrong(layout: str) -> None:
    for form in generate(0, FORMS_OF_A_LAYOUT, layout):
        verdict = judge(form, PROFILE)
        assert verdict.outcome != "wrong", "\n".join([form.variation, picture(form.flow), *verdict.faults])


@pytest.mark.parametrize("layout", [layout.__name__ for layout in LAYOUTS])
def test_nothing_is_lost_or_altered(layout: str) -> None:
    for form in generate(0, FORMS_OF_A_LAYOUT, layout):
        verdict = judge(form, PROFILE)
        found = [fault for fault in verdict.faults if fault.startswith(("lost", "altered"))]
        assert not found, "\n".join([form.variation, picture(form.flow), *found])
