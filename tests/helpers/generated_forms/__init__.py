"""Generator of printed forms whose right reading is known by construction, and the judge of a reading.

A layout is a function that draws a form from a random generator; `generate` numbers its forms, so that a failure can be
drawn again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from generated_forms.evaluations import EVALUATIONS
from generated_forms.lists import LISTS
from generated_forms.other_forms import OTHER_FORMS
from generated_forms.other_kinds import OTHER_KINDS
from generated_forms.target_forms import TARGET_FORMS
from generated_forms.truth import GeneratedForm

LAYOUTS: tuple[Callable[[Random], GeneratedForm], ...] = (
    *TARGET_FORMS,
    *LISTS,
    *OTHER_FORMS,
    *EVALUATIONS,
    *OTHER_KINDS,
)


def generate(seed: int, count: int, name: str = "") -> Iterator[GeneratedForm]:
    """Yield that many forms of each layout with that name, or of all layouts."""
    for layout in LAYOUTS:
        if name in {"", layout.__name__}:
            for number in range(seed, seed + count):
                form = layout(Random(f"{layout.__name__}/{number}"))
                form.variation = f"{layout.__name__} --seed {number}"
                yield form
