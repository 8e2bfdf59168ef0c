"""The views of the page, a folder each."""
