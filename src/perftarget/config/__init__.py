"""Settings, built-in profiles and the loader of perftarget.yaml."""
