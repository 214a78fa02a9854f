"""Reporters that render a run as text, JSON, SARIF, HTML and other formats, as comments and as letters."""
