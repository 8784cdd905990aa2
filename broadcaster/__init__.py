"""From an official letter to sound on a commune's loudspeaker, a row in the log and a line in the report."""

import os

__version__ = "0.1.0"

# onnxruntime 1.31, under neural voices, reports the models that it loads to its maker, unless told not to beforehand
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

# numpy's OpenBLAS has a thread for each core that spins after every product: 4 ms of each commune's CPU, for products
# that take a tenth of that
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
