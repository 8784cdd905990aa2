"""From an official letter to sound on a commune's loudspeaker, a row in the log and a line in the report."""

import os

__version__ = "0.1.0"

# onnxruntime 1.31, under neural voices, reports the models that it loads to its maker, unless told not to beforehand
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
