"""What model cards say in words, by family and by data. Plain and honest: a limit that we know of is written here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FamilyText:
    what: str
    limits: tuple[str, ...]
    intended: str


@dataclass(frozen=True)
class DataText:
    text: str
    limits: tuple[str, ...] = ()
    hub_id: str | None = None
    name: str = ""


PREVIEW = (
    "Previews, teaching and research: to show what a generative model of this kind can do before one is built for a "
    "product. Not as a source of data about real handwriting or real people, and not where somebody relies on a "
    "picture being true."
)
NO_ENCODER = "It has no encoder: a picture of your own cannot be turned into its latents."
PULLED = "A picture unlike the training data is pulled towards something that the model knows."

FAMILIES = {
    "gan": FamilyText(
        "A generative adversarial network: it turns random numbers into new {things}. Two networks were trained "
        "against each other; this folder holds the one that draws, as a moving average of its weights.",
        (
            "A share of the samples is malformed or between two kinds. Lower truncation gives fewer of these, and "
            "less variety.",
            "Which of its checkpoints is kept was chosen by the Frechet distance to training pictures, in the same "
            "features that it is scored in; the test pictures had no part in that.",
        ),
        PREVIEW,
    ),
    "vae": FamilyText(
        "A variational autoencoder: it turns random numbers into new {things}, and a given picture into latents and "
        "back.",
        (
            "It draws the mean of its likelihood, so pictures are softer than real ones.",
            PULLED,
        ),
        PREVIEW,
    ),
    "autoencoder": FamilyText(
        "An autoencoder: it squeezes {things} into a few numbers and gives them back from these.",
        (
            "It has no prior: it cannot draw new pictures, only rebuild given ones and what lies between them.",
            PULLED,
        ),
        PREVIEW,
    ),
    "judge": FamilyText(
        "A classifier of {things}. Its features and its reading measure the generators of this project; the app "
        "never offers it as a generator.",
        (
            "It knows its classes and nothing else: whatever it is shown, it names one of them.",
            "Distances in its features compare models of the same data with each other. They are not the published "
            "FID, which uses another network.",
        ),
        "To score generators trained on the same data. Not to read documents.",
    ),
}
OTHER_FAMILY = FamilyText("A model of {things}.", (), PREVIEW)

THINGS = {"digits": "handwritten digits", "faces": "faces"}
OTHER_THINGS = "pictures"

DATA = {
    "mnist": DataText(
        "Trained on training digits of MNIST by Yann LeCun, Corinna Cortes and Christopher Burges, published under "
        "[CC BY-SA 3.0](https://creativecommons.org/licenses/by-sa/3.0/). Its 10,000 test digits were used for scores "
        "only.",
        (
            "It has seen 28x28 grey digits, centred and of even size, written by American census workers and school "
            "students before 1995: other ways of writing, such as a crossed seven, are rare there.",
        ),
        "ylecun/mnist",
        "MNIST",
    ),
}
"""By a word in the card's name of the data."""

OTHER_DATA = DataText(
    "Trained on {source}. Whoever publishes this model has to make sure that the licence of those pictures, and the "
    "people on them, allow it."
)

SCORES = {
    "frechet_distance": "Frechet distance (less is better)",
    "kernel_distance": "Kernel distance, KID (less is better)",
    "precision": "Precision, k = 3 (looks real)",
    "recall": "Recall, k = 3 (variety reached)",
    "memorised": "Share nearer to a training picture than 99 % of test pictures are",
    "median_distance_to_training": "Median distance to the nearest training picture",
    "mean_squared_error": "Mean squared error, brightness from 0 to 1 (less is better)",
    "psnr_db": "PSNR in dB (more is better)",
    "class_kept": "Share whose class is read rightly",
    "accuracy": "Accuracy",
    "calibration_error": "Expected calibration error (less is better)",
}
"""Names of scores in metrics.json; one that is missing here is shown by its key."""

HEADLINES = ("frechet_distance", "precision", "recall", "psnr_db", "accuracy")
"""Scores that go into the Hub's list of results."""

READING = {
    "samples": (
        "`Real pictures` is the score of real training pictures treated as if they were samples, so no model needs to "
        "do better. Distances depend on the network that gives the features and on the counts: compare them only "
        "where both are equal."
    ),
    "reconstruction": (
        "Reconstructions are of test pictures, which were not used in training; beside them stands the score of the "
        "pictures themselves."
    ),
    "classification": "All of it is on test pictures, which were not used in training.",
    "likelihood": (
        "Likelihoods are of dynamically binarised digits, computed in PyTorch, float32, from the checkpoint behind "
        "this folder; more importance samples make the bound tighter."
    ),
}

KNOWN_LICENCES = frozenset(
    ["mit", "apache-2.0", "bsd-3-clause", "cc0-1.0", "cc-by-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0", "cc-by-nc-4.0"]
)
"""Identifiers that the Hub takes for `license`; anything else is `other` with a name."""
