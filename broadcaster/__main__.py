"""`python -m broadcaster`: the command line without an installed script."""

from broadcaster.cli.main import main

main()
