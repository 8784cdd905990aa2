"""One reader a file: each claims what it can prove to be its own kind."""
