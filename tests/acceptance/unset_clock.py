"""`broadcaster` on a machine whose time service has not answered yet, whatever the machine under the test says."""

from __future__ import annotations

from broadcaster import clock
from broadcaster.cli.main import main

clock._synchronised = lambda: False

if __name__ == "__main__":
    main()
