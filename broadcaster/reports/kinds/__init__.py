"""One file a report kind; each exports `kind` (its name on the command line) and `compose`."""
