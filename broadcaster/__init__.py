"""From an official letter to sound on a commune's loudspeaker, a row in the log and a line in the report."""

__version__ = "0.1.0"
