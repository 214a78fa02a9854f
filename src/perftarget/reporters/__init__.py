"""A run as text, JSON, SARIF and other formats, as comments and as letters."""
