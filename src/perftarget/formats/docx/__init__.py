"""Word documents: reader, writer and comments."""
