"""schedule.yaml → types; every fault of the file in one run, with line, column and remedy."""
