"""Pictures in, a model folder out. `python -m training --help` lists the commands."""
