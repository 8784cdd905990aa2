"""As-run rows → figures → documents that an office would sign. Every figure comes from rows alone."""
