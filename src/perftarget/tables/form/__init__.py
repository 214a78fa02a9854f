"""The printed form (附件2): read forms from grids, and lay out a table as a grid."""

from perftarget.tables.form.first_tiers import infer_first_tiers
from perftarget.tables.form.kinds import is_refused, is_title
from perftarget.tables.form.layout import goals_text, table_grid, unprinted_columns, unprinted_fields
from perftarget.tables.form.parser import read_flow
from perftarget.tables.form.result import Form, FormFile

__all__ = [
    "Form",
    "FormFile",
    "goals_text",
    "infer_first_tiers",
    "is_refused",
    "is_title",
    "read_flow",
    "table_grid",
    "unprinted_columns",
    "unprinted_fields",
]
