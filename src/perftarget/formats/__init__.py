"""File formats, one folder or module each: bytes to grids and text, and back. Knows nothing of budgets."""
