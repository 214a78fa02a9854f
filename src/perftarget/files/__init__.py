"""Discover, bound, read and atomically write files; ask git about them."""
