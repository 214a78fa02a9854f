"""File formats: readers from bytes to grids and text, and writers; independent of the content of the tables."""
