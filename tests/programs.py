"""Says before the tests which real programs from outside Python are missing, and the command that brings them.

Run as a script by `make test`; the same table tells `@pytest.mark.needs` what to say.
"""

from __future__ import annotations

import shutil

PACKAGES = {
    "pulseaudio": "pulseaudio",
    "pactl": "pulseaudio-utils",
    "parec": "pulseaudio-utils",
    "libreoffice": "libreoffice-writer-nogui fonts-liberation2",
    "pdftoppm": "poppler-utils",
    "pdftotext": "poppler-utils",
    "chromium": "chromium",
    "faketime": "faketime",
}
"""Program → the Debian packages that bring it."""


def missing(programs: tuple[str, ...] = tuple(PACKAGES)) -> list[str]:
    """Those that are not on this machine."""
    return [program for program in programs if shutil.which(program) is None]


def remedy(programs: list[str]) -> str:
    """The command that brings them."""
    packages = sorted({package for program in programs for package in PACKAGES[program].split()})
    return f"apt-get install {' '.join(packages)}"


if __name__ == "__main__":
    absent = missing()
    if absent:
        print(f"Tests that start {', '.join(absent)} will be skipped, each named below. For the full test:")
        print(f"    sudo {remedy(absent)}")
