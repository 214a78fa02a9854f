"""Zip packages and XML parts, shared by Word and Excel files (Office Open XML)."""
