"""Rules, one module each."""
