"""Excel workbooks: reader, writer and comments."""
