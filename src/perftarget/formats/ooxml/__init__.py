"""The zip package and XML that Word and Excel files share."""
