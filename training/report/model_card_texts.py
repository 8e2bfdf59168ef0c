"""What model cards say in words, by family and by data. Plain and honest: a limit that we know of is written here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FamilyText:
    what: str
    limits: tuple[str, ...]
    intended: str


@dataclass(frozen=True)
class TaskText:
    things: str
    note: str = ""
    """What everybody has to know who sees the pictures."""
    limits: tuple[str, ...] = ()
    intended: str = ""


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
CONDITIONAL = "What was asked for is what it tries to draw, not a promise: a few samples are something else."
LABELLED = (
    "Where nobody has labelled a photograph, a network that has learned from half of the labelled ones has: it repeats "
    "what annotators said, and errs more often than they."
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
ATTRIBUTE_JUDGE = FamilyText(
    "A judge of attributes of {things}: of each it gives a probability of its own. It measures whether the generators "
    "of this project draw what they are asked for, or labels the photographs that nobody has; the app never uses it. "
    "It began as EfficientNet-Lite0 with the weights of ImageNet (Apache 2.0) and has learned from one half of those "
    "photographs that have labels.",
    (
        "It repeats what annotators said of photographs, with all of their prejudice and mistakes: nothing that it "
        "says is a fact about a person.",
        "An attribute and its absence weigh the same in its training, so it says yes more often than a rare attribute "
        "occurs: probabilities are not frequencies.",
    ),
    "To score generators trained on the same data, or to label that data. Not to be used on photographs of anybody.",
)
OTHER_FAMILY = FamilyText("A model of {things}.", (), PREVIEW)

TASKS = {
    "digits": TaskText("handwritten digits"),
    "faces": TaskText(
        "faces",
        "These people do not exist: every face in this folder's pictures was drawn by a model from random numbers. A "
        "likeness to anybody is not meant, but is possible.",
        (
            "It often gets wrong what is rare or varied in its training data: hats, hands, microphones, glasses, "
            "earrings, faces in profile, very young and very old ones. Eyes may differ in size, colour and direction; "
            "hair, teeth, neck and background may run into each other; writing is never readable.",
            "Whatever is rare in its training data is rarer still in its samples, and lower truncation makes it rarer: "
            "it must not be taken for a picture of mankind.",
            "Pictures are small; a larger view is enlarged, and adds nothing that the model knows.",
        ),
        "Not for identifying, judging or imitating real people, not for profiles or statements that pretend that a "
        "person exists. Names of attributes, such as smiling, male or young, are those of annotators who looked at "
        "photographs: none of them is a fact about a person.",
    ),
}
OTHER_TASK = TaskText("pictures")

STAND_INS = {"faces": "faces-gan"}
"""By task: the model whose samples stand in for test pictures, where these show real people and cannot be published."""

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
    "celeba": DataText(
        "Trained on 32,000 of 35,000 photographs of [CelebA](https://mmlab.ie.cuhk.edu.hk/projects/CelebA.html) by "
        "Ziwei Liu, Ping Luo, Xiaogang Wang and Xiaoou Tang (Deep learning face attributes in the wild, 2015), which "
        "may be used for non-commercial research only; the same holds for these weights. The other 3,000 were "
        "never trained on: they are what it is scored against, and with VAEs and autoencoders also what chose the "
        "checkpoint. No photograph is part of this folder.",
        (
            "Its training data are celebrities photographed by the press, aligned by their eyes: mostly frontal, made "
            "up and well lit, and light-skinned far beyond their share of mankind. On the 21,000 of the photographs "
            "that have attributes, 77 % are called young, 39 % male, 51 % smiling, 5 % wear eyeglasses, 3 % a hat, "
            "2 % are called bald. What the model draws is skewed in the same ways.",
            "The photographs are of two croppings brought to one framing; a few are soft, show borders from turning, "
            "hands or microphones, and so do some samples.",
            "About 50 of the 3,000 test photographs are in the training data a second time, in another cropping or "
            "compression. They make scores of real pictures a little better, and are the one percent of test pictures "
            "that is nearest to training pictures.",
        ),
    ),
}
"""By a word in the name of the data."""

OTHER_DATA = DataText(
    "Trained on {source}. Whoever publishes this model has to make sure that the licence of those pictures, and the "
    "people on them, allow it."
)

SCORES = {
    "frechet_distance": "Frechet distance (less is better)",
    "kernel_distance": "Kernel distance, KID (less is better)",
    "precision": "Precision, k = 3 (looks real)",
    "recall": "Recall, k = 3 (variety reached)",
    "linear_accuracy": "Held-out accuracy of a linear classifier that tells it from real (0.5 cannot tell)",
    "one_face": "Share in which a face detector finds exactly one face",
    "frechet_inception_distance": "FID, standard Inception network (less is better)",
    "memorised": "Share nearer to a training picture than 99 % of test pictures are",
    "near_training": "Share nearer to a training picture than 95 % of test pictures are",
    "median_distance_to_training": "Median distance to the nearest training picture",
    "mean_squared_error": "Mean squared error, brightness from 0 to 1 (less is better)",
    "psnr_db": "PSNR in dB (more is better)",
    "as_asked": "Share of samples that are what was asked for",
    "as_asked_worst": "The same, of the class that comes out worst",
    "as_asked_balanced": "As asked, with an attribute and without it: the judge's balanced agreement, mean of all",
    "as_asked_share": "The same as a share of the judge's balanced accuracy on real pictures, mean of all",
    "as_asked_share_worst": "The same, of the attribute that comes out worst",
    "likeness": "Likeness of a face and its reconstruction to a face-recognition network, mean cosine",
    "strangers": "Likeness of strangers, mean cosine",
    "one_face_unedited": "Share in which a face detector finds exactly one face, unedited",
    "leakage_beyond_data": "By how much asking for one attribute moves the others, beyond what it does in the data",
    "balanced_accuracy": "Balanced accuracy, mean of all attributes",
    "balanced_accuracy_worst": "Balanced accuracy of its weakest attribute",
    "student_accuracy": "Accuracy on real test pictures of a classifier that was trained on samples only",
    "class_kept": "Share whose class is read rightly",
    "accuracy": "Accuracy",
    "calibration_error": "Expected calibration error (less is better)",
}
"""Names of scores in metrics.json; one that is missing here is shown by its key."""

HEADLINES = ("frechet_distance", "precision", "recall", "as_asked", "as_asked_balanced", "psnr_db", "accuracy")
"""Scores that go into the Hub's list of results."""

READING = {
    "samples": (
        "`Real pictures` is the score of real training pictures treated as if they were samples, so no model needs to "
        "do better. Distances depend on the network that gives the features and on the counts: compare them only "
        "where both are equal. They are not the published FID, which uses another network."
    ),
    "inception": "FID depends on the counts too: published ones are mostly of 50,000 samples.",
    "requested": "Whether a sample is what was asked for is the judge's reading, which errs on some real pictures too.",
    "directions": (
        "A direction's row says how far it can be followed, in standard deviations of the latents, before faces fall "
        "apart or become other people's; what the judge's mean probability of an attribute is at either end; and how "
        "like the unedited faces a face-recognition network finds those at either end: the mean cosine, 1 for the same "
        "picture, beside `strangers`. Names are those of annotators' labels, or of how a direction was found: `pca` "
        "and `sefa` have no meaning of their own, and the attribute beside them is the one that they move most."
    ),
    "student": "Its network, settings and number of training steps are those of the judge, which saw real pictures.",
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
