"""The page: what a visitor sees of the models. Nothing in here knows how a picture is made."""
