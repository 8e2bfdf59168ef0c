"""Puts the page together: the views of each tab into a frame, the frame into one component with its endpoints."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genapp.ui.endpoints import about
from genapp.ui.locales.words import languages, words
from genapp.ui.server.endpoint import Reply, endpoints_of, served
from genapp.ui.server.limits import of_the_page
from genapp.ui.server.modules import page_modules
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.server.tabs import OfferedTab
from genapp.ui.views import folder_of, folders

if TYPE_CHECKING:
    import gradio as gr

logger = logging.getLogger(__name__)

WEB = Path(__file__).parents[1] / "web"
STYLES = ("page", "views")
"""What all views share; each view's own `view.css` follows."""
PARTS = ("grid", "keep", "models", "history", "seed", "variety", "pad", "blends")
"""Pieces of HTML that several views share: `@grid` stands for grid.html; the grid has some of the later ones."""


def start(registry: ModelRegistry, shown: tuple[OfferedTab, ...]) -> Reply:
    """All that the page's script knows when it starts, the first pictures included."""
    spoken = languages()
    return {
        "text": {language: words(language) for language in spoken},
        "languages": spoken,
        "limits": of_the_page(),
        "problems": [problem.folder.name for problem in registry.problems],
        # Other tabs than the first draw their first pictures when they are opened.
        "tabs": [tab.knows(registry) | {"first": _first(tab, registry) if tab is shown[0] else None} for tab in shown],
    }


def blocks(registry: ModelRegistry, shown: tuple[OfferedTab, ...], knows: Reply) -> gr.Blocks:
    """The Gradio app, one component on one page."""
    import gradio as gr

    with gr.Blocks(title="GenApp", analytics_enabled=False, fill_width=True, delete_cache=(600, 600)) as app:
        gr.HTML(
            html_template=template(shown),
            js_on_load=script(),
            apply_default_css=False,
            elem_id="genapp",
            server_functions=server_functions(registry, shown),
            start=knows,
        )
    return app


def server_functions(registry: ModelRegistry, shown: tuple[OfferedTab, ...]) -> list[Any]:
    """Every function that a browser may call, behind one gate."""
    modules = (module for tab in shown for view in tab.views for module in view.modules)
    return [served(endpoint, registry) for endpoint in endpoints_of([about, *modules]).values()]


def template(shown: tuple[OfferedTab, ...]) -> str:
    """The page's HTML; every word in it is a key of locales/en.json or of a view's en.json."""
    panels = []
    for tab in shown:
        views = "".join(_view(view.name, tab.noun) for view in tab.views)
        panels.append(f'<div class="tab" role="tabpanel" data-tab="{tab.name}" hidden>{views}</div>')
    frame = _read(WEB / "page.html").replace("@consent", _part("consent"))
    return frame.replace("@tabs", "".join(panels) or _part("none"))


def _view(name: str, noun: str) -> str:
    html = _read(folder_of(name) / "view.html")
    for part in PARTS:
        html = html.replace(f"@{part}", _part(part))
    return html.replace("@noun", noun)


def script() -> str:
    """What Gradio runs when its component is there: it imports the page's first module, and that starts the page."""
    first = f"{page_modules().address}/web/page.js"
    return (
        f'import(new URL("{first}", document.baseURI))'
        ".then(({ startPage }) => startPage(element, server, props.start));"
    )


def ahead(shown: tuple[OfferedTab, ...]) -> str:
    """The Link header of the page: its modules and the first view's; the page loads the others once that is seen."""
    return page_modules().ahead([shown[0].views[0].name] if shown else [])


def head() -> str:
    """Styles for the document's head."""
    shared = [WEB / "styles" / f"{name}.css" for name in STYLES]
    own = [path for folder in folders() if (path := folder / "view.css").is_file()]
    return f"<style>{''.join(map(_read, [*shared, *own]))}</style>"


def _first(tab: OfferedTab, registry: ModelRegistry) -> Reply | None:
    try:
        return tab.opening(registry)
    except Exception:  # a model that cannot draw must not keep the page from opening: it says so when it is used
        logger.exception("the first pictures of the tab %s could not be drawn", tab.name)
        return None


def _part(name: str) -> str:
    return _read(WEB / "parts" / f"{name}.html")


def _read(path: Path) -> str:
    return path.read_text("utf-8")
