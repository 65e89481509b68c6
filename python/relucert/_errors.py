"""What goes wrong, by kind: the program's kinds, with its texts."""

from __future__ import annotations

__all__ = ["Error", "FileError", "InternalError", "LimitError", "UsageError"]


class Error(Exception):
    """Any failure of relucert."""

    __module__ = "relucert"


class UsageError(Error, ValueError):
    """Arguments that do not make sense, alone or together."""

    __module__ = "relucert"


class FileError(Error, ValueError):
    """A file that cannot be read or written, with its name, place and field."""

    __module__ = "relucert"


class LimitError(Error):
    """A limit was reached before anything was known."""

    __module__ = "relucert"


class InternalError(Error, RuntimeError):
    """Something that should not be possible."""

    __module__ = "relucert"
