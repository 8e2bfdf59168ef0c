"""The tabs of the page: which models and which views each has."""
