"""What the page says about a model."""

from __future__ import annotations

from genapp.ui.endpoints import about

MODULES = (about,)


def test_a_stranger_s_readme_can_do_no_harm() -> None:
    text = "---\nlicense: mit\n---\n# Hi\n<script>bad()</script>\n![spy](http://evil.example/x.png)\n[go](javascript:bad())"
    html = about.harmless_html(text + "\n![ours](samples.png)", samples=b"png")
    assert "<h1>Hi</h1>" in html and 'src="data:image/png;base64,cG5n"' in html and "evil" not in html
    assert "<script" not in html and html.count("<img") == 1
    assert 'href="javascript' not in html and "license" not in html


def test_the_card_tells_where_a_model_comes_from(call) -> None:
    reply = call("about", model="plain")
    assert reply["facts"]["licence"] == "MIT" and "html" in reply
    assert call("about", model="judge")["error"] == "model"
