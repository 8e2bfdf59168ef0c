"""The page with the toy kind: `python -m tests.toy_kind.app --models FOLDER`."""

from __future__ import annotations

from genapp.ui.server.app import main
from tests.toy_kind.register import register_kind

if __name__ == "__main__":
    register_kind()
    main()
