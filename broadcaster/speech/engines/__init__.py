"""One file an engine; each exports `engine`, a factory `engine(folder: Path) -> Engine`."""
