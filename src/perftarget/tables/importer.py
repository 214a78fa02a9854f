"""Convert the forms of imported files to YAML files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from perftarget.files.atomic_write import schema_reference, unique_paths

if TYPE_CHECKING:
    from perftarget.tables.form import Form


def yaml_files(forms: Sequence[Form], folder: Path) -> dict[Path, str]:
    """Return the YAML text of each form by the path to write it to, which is unique and named after the project."""
    from perftarget.formats.yaml.writer import header  # only an import needs the writer
    from perftarget.formats.yaml.writer import write as to_yaml

    head = header(schema_reference(folder))
    names = unique_paths((str(form.data.get("项目名称", "")) for form in forms), folder, ".yaml")
    return {path: to_yaml(form.data, head=head) for path, form in zip(names, forms, strict=True)}
