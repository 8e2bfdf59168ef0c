"""The words of the page's frame and those that several views share, a JSON file a language."""
