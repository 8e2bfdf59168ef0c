"""A model folder: its config, the signature of its graphs, the engine that runs them, and the open model."""
