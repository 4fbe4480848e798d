"""Which Satzpaar this is, as files and messages say it."""

from importlib.metadata import PackageNotFoundError, version


def satzpaar_version() -> str:
    """Return the installed version, or that it runs from a folder of its sources."""
    try:
        return version("satzpaar")
    except PackageNotFoundError:
        return "not installed"
