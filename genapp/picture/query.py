"""A recipe's fields as a URL's query string, short enough to send: "model=digits-gan&seed=42&truncation=0.8".

Keys: model, seed, w, truncation, enlarge, sha256; `class.NAME=LABEL`, once for each label of a row; `with=NAME` and
`without=NAME` for attributes; `edit.NAME=AMOUNT`; `finish.NAME=AMOUNT`; `mix=SEED`, `mixtruncation` and
`mix.NAME=SHARE` for styles of another seed, `mixw` in the place of `mix` where those are of a latent.
The fingerprint stays out, as it draws nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

MAX_PARTS = 200


def to_query(fields: Mapping[str, Any]) -> str:
    """Write a recipe's fields, as pydantic dumps them without defaults."""
    pairs: list[tuple[str, str]] = [("model", fields["model"])]
    if "seed" in fields:
        pairs.append(("seed", str(fields["seed"])))
    if "w" in fields:
        pairs.append(("w", fields["w"]))
    if "truncation" in fields:
        pairs.append(("truncation", repr(fields["truncation"])))
    if "mix" in fields:
        mixed = fields["mix"]
        pairs.append(("mixw", mixed["w"]) if "w" in mixed else ("mix", str(mixed["seed"])))
        if "truncation" in fields["mix"]:
            pairs.append(("mixtruncation", repr(fields["mix"]["truncation"])))
        pairs += _amounts("mix", fields["mix"]["shares"])
    for name, value in fields.get("conditions", {}).items():
        attribute = {True: "with", False: "without"}
        if isinstance(value, bool):
            pairs.append((attribute[value], name))
        else:
            pairs += [(f"class.{name}", label) for label in ([value] if isinstance(value, str) else value)]
    pairs += _amounts("edit", fields.get("edits", {}))
    pairs += _amounts("finish", fields.get("finish", {}))
    if "enlarge" in fields:
        pairs.append(("enlarge", str(fields["enlarge"])))
    if "model_sha256" in fields:
        pairs.append(("sha256", fields["model_sha256"]))
    return urlencode(pairs)


def from_query(query: str) -> dict[str, Any]:
    """Read what `to_query` wrote.

    Returns:
        A recipe's fields, not yet validated.

    Raises:
        ValueError: it is not such a query.
    """
    fields: dict[str, Any] = {"conditions": {}, "edits": {}, "finish": {}}
    mix: dict[str, Any] = {}
    shares: dict[str, float] = {}
    labels: dict[str, tuple[str, ...]] = {}
    amounts = {"edit": fields["edits"], "finish": fields["finish"], "mix": shares}
    pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=MAX_PARTS)
    for key, value in pairs:
        group, dot, name = key.partition(".")
        if dot and group == "class":
            labels[name] = (*labels.get(name, ()), value)
        elif dot and group in amounts:
            amounts[group][name] = float(value)
        elif key in ("with", "without"):
            fields["conditions"][value] = key == "with"
        elif key == "model":
            fields["model"] = value
        elif key == "sha256":
            fields["model_sha256"] = value
        elif key in ("seed", "enlarge"):
            fields[key] = int(value)
        elif key == "mix":
            mix["seed"] = int(value)
        elif key == "mixw":
            mix["w"] = value
        elif key == "mixtruncation":
            mix["truncation"] = float(value)
        elif key == "truncation":
            fields["truncation"] = float(value)
        elif key == "w":
            fields["w"] = value
        else:
            raise ValueError(f"it has an unknown part {key[:40]!r}")
    fields["conditions"] |= {name: row if len(row) > 1 else row[0] for name, row in labels.items()}
    if mix or shares:
        fields["mix"] = {**mix, "shares": shares}
    return fields


def _amounts(group: str, amounts: Mapping[str, float]) -> list[tuple[str, str]]:
    return [(f"{group}.{name}", repr(amount)) for name, amount in amounts.items()]
