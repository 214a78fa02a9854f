"""What ends a command with a sentence to the user."""


class ConfigError(Exception):
    """A profile that cannot be used; the message names the file, the place and the remedy."""
