"""The printed form (附件2) in both directions: grids to data, a table to a grid."""

from perftarget.tables.form.layout import goals_text, unprinted, write
from perftarget.tables.form.parser import conclude, read
from perftarget.tables.form.result import Form, FormFile

__all__ = ["Form", "FormFile", "conclude", "goals_text", "read", "unprinted", "write"]
