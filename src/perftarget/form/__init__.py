"""What 附件2 looks like, both ways: grids to data, a table to a grid."""

from perftarget.form.reading import conclude, read
from perftarget.form.result import Form, FormFile
from perftarget.form.writing import goals_text, unprinted, write

__all__ = ["Form", "FormFile", "conclude", "goals_text", "read", "unprinted", "write"]
