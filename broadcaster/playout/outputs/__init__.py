"""One file an output; each exports `kind` (its name in schedule.yaml) and `output`, a factory.

`output(settings: OutputSettings, *, workspace: Path, clock: Clock) -> Output`; it raises `WorkspaceFault` for options
that make no sense, and opens no device.
"""
