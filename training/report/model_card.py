"""A model folder's README.md for people, which is also its Hub model card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huggingface_hub import EvalResult, ModelCard, ModelCardData

import genapp
from genapp.model.config import ModelConfig
from training.data.pictures import Pictures
from training.evaluation.metrics_file import read_metrics
from training.report import model_card_texts as texts
from training.report.model_sheets import sheets_of, write_sheets

README_FILE = "README.md"
_TEMPLATE = Path(__file__).with_name("model_card.jinja")


@dataclass(frozen=True)
class _Row:
    name: str
    value: str
    real: str
    difference: str


@dataclass(frozen=True)
class _Table:
    heading: str
    rows: tuple[_Row, ...]
    setting: str

    @property
    def real(self) -> bool:
        """Whether any score has real pictures' beside it."""
        return any(row.real for row in self.rows)

    @property
    def markdown(self) -> str:
        cells = [("Score", "This model", "Real pictures", "Difference"), ("---",) * 4]
        cells.extend((row.name, row.value, row.real, row.difference) for row in self.rows)
        return "\n".join(f"| {' | '.join(row if self.real else row[:2])} |" for row in cells)


def write_model_card(folder: Path, test: Pictures) -> None:
    """Write README.md and the sheets of pictures of `folder` from its config.json and its metrics.json.

    test: pictures uint8 (N, H, W, C) that an autoencoder's sheet rebuilds and a judge's is searched in. Where they show
    real people none is written: an autoencoder's sheet then rebuilds samples of the GAN beside it, if there is one.
    Scores measured on other weights are left out. Raises what `genapp.load_model` and `read_metrics` raise.
    """
    folder = Path(folder)
    model = genapp.load_model(str(folder))
    sheets = sheets_of(model, test)
    write_sheets(folder, sheets)
    weights = model.config.model_sha256
    scores = {key: block for key, block in read_metrics(folder).items() if block.get("model_sha256") == weights}
    captions = {sheet.file: sheet.caption for sheet in sheets}
    (folder / README_FILE).write_text(render(model.config, scores, captions), "utf-8")


def render(model_config: ModelConfig, scores: Mapping[str, dict], captions: Mapping[str, str]) -> str:
    """The text of README.md. `scores`: metrics.json's blocks by key; `captions`: what each picture file shows."""
    data = _data_text(model_config)
    task = texts.TASKS.get(model_config.task, texts.OTHER_TASK)
    family = _family_text(model_config)
    limits = family.limits + (
        (texts.NO_ENCODER,) if model_config.sampling and "encoder" not in model_config.graphs else ()
    )
    limits += (texts.CONDITIONAL,) if model_config.conditions else ()
    limits += (texts.LABELLED,) if model_config.provenance.labeller else ()
    draws = model_config.role == "generator"
    known = list(texts.READING)
    order = sorted(scores, key=lambda key: known.index(key) if key in known else len(known))
    readme = ModelCard.from_template(
        _front_matter(model_config, scores, data),
        template_path=str(_TEMPLATE),
        model_config=model_config,
        made=model_config.provenance,
        what=family.what.format(things=task.things),
        note=task.note if draws else "",
        sheets=captions,
        usage=_usage(model_config),
        data=data.text.format(source=model_config.provenance.data),
        tables=[_table(key, scores[key]) for key in order],
        reading=" ".join(texts.READING[key] for key in order if key in texts.READING),
        limits=limits + (task.limits if draws else ()) + data.limits,
        intended=f"{family.intended} {task.intended}".strip(),
    )
    return str(readme).rstrip() + "\n"


def _data_text(model_config: ModelConfig) -> texts.DataText:
    source = model_config.provenance.data.lower()
    return next((text for key, text in texts.DATA.items() if key in source), texts.OTHER_DATA)


def _family_text(model_config: ModelConfig) -> texts.FamilyText:
    if model_config.attributes:
        return texts.ATTRIBUTE_JUDGE
    return texts.FAMILIES.get("judge" if model_config.role == "judge" else model_config.family, texts.OTHER_FAMILY)


def _usage(model_config: ModelConfig) -> str:
    lines = [f'model = genapp.load_model("{model_config.name}")']
    if model_config.role == "judge":
        lines.append("probabilities, features = model.classify(images)  # images: uint8 (N, {}, {}, {})")
    condition = model_config.class_condition
    asked = f', {condition.name}="{condition.labels[-1]}"' if condition else ""
    if attributes := model_config.attribute_conditions:
        asked = f", {attributes[0]}=True"
    if model_config.sampling:
        lines.append(f"images = model.generate(seeds=range(16), truncation=0.8{asked})  # uint8 (16, {{}}, {{}}, {{}})")
    if "encoder" in model_config.graphs:
        encoded = f"model.encode(images{asked})" if condition else "model.encode(images)"
        lines.append(f"rebuilt = model.decode({encoded}{asked})  # both uint8 (N, {{}}, {{}}, {{}})")
    return "\n".join(lines).format(
        *[model_config.image.height, model_config.image.width, model_config.image.channels] * 3
    )


def _front_matter(model_config: ModelConfig, scores: Mapping[str, dict], data: texts.DataText) -> ModelCardData:
    licence = model_config.licence.lower().replace(" ", "-")  # "CC BY-SA 3.0" is cc-by-sa-3.0 there
    known = licence in texts.KNOWN_LICENCES
    if model_config.role == "judge":
        task = "image-classification"
    else:
        task = "unconditional-image-generation" if model_config.sampling else "image-to-image"
    results = _eval_results(scores, task, data)
    return ModelCardData(
        license=licence if known else "other",
        license_name=None if known else licence,
        library_name="onnx",
        pipeline_tag=task,
        tags=["genapp", "onnx", model_config.family, model_config.task],
        datasets=[data.hub_id] if data.hub_id else None,
        model_name=model_config.name if results else None,
        eval_results=results or None,
    )


def _eval_results(scores: Mapping[str, dict], task: str, data: texts.DataText) -> list[EvalResult]:
    if not data.hub_id:  # the Hub lists results by data set, so it wants one that it knows
        return []
    return [
        EvalResult(
            task_type=task,
            dataset_type=data.hub_id,
            dataset_name=data.name,
            dataset_split="test",
            metric_type=key,
            metric_name=f"{texts.SCORES[key]}, network {block['network']['name']}",
            metric_value=score["value"],
        )
        for block in scores.values()
        for key, score in _scored(block)
        if key in texts.HEADLINES and "network" in block
    ]


def _scored(block: Mapping[str, Any]) -> list[tuple[str, dict]]:
    """The entries of a block that are one number: `{"value": number, ...}`."""
    return [
        (key, score)
        for key, score in block.items()
        if isinstance(score, dict) and isinstance(score.get("value"), int | float)
    ]


def _table(key: str, block: Mapping[str, Any]) -> _Table:
    rows = []
    for name, score in _scored(block):
        value, real = score["value"], score.get("real")
        shown = _number(value)
        if "standard_error" in score:
            shown += f" ± {_number(score['standard_error'])}"
        difference = "" if real is None else _number(value - real)
        title = texts.SCORES.get(name, name.replace("_", " ").capitalize())
        rows.append(_Row(title, shown, "" if real is None else _number(real), difference))
    rows.extend(_share_rows(block.get("class_shares")))
    rows.extend(_bound_rows(block.get("bounds")))
    rows.extend(_direction_rows(block.get("by_direction")))
    rows.extend(_attribute_rows(block.get("by_attribute")))
    accuracies = block.get("balanced_accuracy_by_attribute", {})
    rows.extend(_Row(f"Balanced accuracy, {name}", _number(value), "", "") for name, value in accuracies.items())
    if by_class := block.get("accuracy_by_class"):
        weakest = min(by_class, key=by_class.get)
        rows.append(_Row(f"Accuracy of its weakest class, {weakest}", _number(by_class[weakest]), "", ""))
    rows.extend(
        _Row(f"{pair['true']} read as {pair['read_as']}", str(pair["count"]), "", "")
        for pair in block.get("most_confused", ())
    )
    return _Table(key.capitalize(), tuple(rows), _setting(block))


def _share_rows(shares: Mapping[str, Any] | None) -> list[_Row]:
    if not shares:
        return []
    real = shares["real"].values()
    return [
        _Row("Rarest class, share of samples", _number(shares["minimum"]), _number(min(real)), ""),
        _Row("Most frequent class, share of samples", _number(shares["maximum"]), _number(max(real)), ""),
    ]


def _attribute_rows(attributes: Mapping[str, Any] | None) -> list[_Row]:
    """Of `attribute_scores.requested_attributes`: one row for each attribute."""
    return [
        _Row(
            f"As asked, {name}",
            _number(found["agreement"]),
            _number(found["real"]),
            _number(found["agreement"] - found["real"]),
        )
        for name, found in (attributes or {}).items()
    ]


def _bound_rows(bounds: Mapping[str, Any] | None) -> list[_Row]:
    """Of `training.evaluation.likelihood`: one row for each number of importance samples."""
    title = "Negative log-likelihood in nats, at most (less is better): {:,} importance samples, {:,} test pictures"
    return [
        _Row(
            title.format(bound["importance_samples"], bound["pictures"]),
            f"{bound['nats']:.2f} ± {bound['standard_error']:.2f}",
            "",
            "",
        )
        for bound in (bounds or {}).values()
    ]


def _direction_rows(directions: Mapping[str, Any] | None) -> list[_Row]:
    """Of `training.directions.measure`: one row for each direction, from its one end to the other."""
    return [
        _Row(
            f"{name}, from {found['amounts'][0]:+g} to {found['amounts'][-1]:+g}",
            f"{found['attribute']} {found['probability'][0]:.2f} to {found['probability'][-1]:.2f}, "
            f"likeness {found['likeness'][0]:.2f} and {found['likeness'][1]:.2f}",
            "",
            "",
        )
        for name, found in (directions or {}).items()
    ]


def _setting(block: Mapping[str, Any]) -> str:
    """One sentence with what the numbers depend on."""
    parts = []
    if "network" in block:
        network = block["network"]
        resize = network.get("resize", "none")
        parts.append(f"network {network['name']} ({network['model_sha256'][:12]})")
        parts.extend([f"pictures resized, {resize}"] if resize != "none" else [])
    if counts := block.get("counts"):
        parts.append("counts " + ", ".join(f"{name} {count:,}" for name, count in counts.items()))
    shapes = {
        "pictures": "{}",
        "binarisation_seed": "binarisation seed {}",
        "seed": "seed {}",
        "truncation": "truncation {}",
        "command": "`{}`",
    }
    shapes |= {"commit": "commit {}", "processor": "processor {}"}
    parts.extend(shape.format(block[key]) for key, shape in shapes.items() if block.get(key, "") != "")
    return f"Measured with {'; '.join(parts)}." if parts else ""


def _number(value: float) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return "0" if value == 0 else f"{value:.4g}" if abs(value) >= 1e-4 else f"{value:.1e}"
