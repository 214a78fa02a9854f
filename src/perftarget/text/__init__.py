"""Text without a meaning: spans, edits, encodings, character normalisation."""
