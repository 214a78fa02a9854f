"""Reader, writer and comments of Word documents (.docx)."""
