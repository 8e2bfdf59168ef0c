"""The Compare view: the same seeds drawn by two models."""

from __future__ import annotations

from genapp.ui.endpoints import pictures
from genapp.ui.server.view import View

VIEW = View(tabs={"faces": 3}, fits=lambda config: config.sampling is not None, fewest=2, uses=(pictures,))
