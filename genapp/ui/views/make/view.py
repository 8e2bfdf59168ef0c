"""The Make view: a grid of pictures from seeds, walks between them, siblings."""

from __future__ import annotations

from genapp.ui.endpoints import keep, pictures, walks
from genapp.ui.server.opening import opening
from genapp.ui.server.view import View

VIEW = View(
    tabs={"digits": 1, "models": 1},
    fits=lambda config: config.sampling is not None,
    uses=(pictures, walks, keep),
    opening=opening,
)
