"""Text utilities that know nothing of tables: spans, edits, encodings, character normalisation."""
