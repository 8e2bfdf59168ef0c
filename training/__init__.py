"""Pictures in, a model folder out. `python -m training --help` lists the commands."""

import os
from importlib.util import find_spec

if find_spec("torch") is None:
    raise ModuleNotFoundError("training needs torch and more, which the app does without: pip install 'genapp[train]'")

# Read by torch's OpenMP when it loads. Two threads that wait for each other by spinning fall from 116 to 5 pictures a
# second as soon as anything else wants a processor; with short waits they fall to 45, and alone they are as quick.
os.environ.setdefault("GOMP_SPINCOUNT", "10000")
