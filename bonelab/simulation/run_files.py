"""A Run in a file: readable text (JSON) with every number exact.

    run.save("my_run.json")
    run = bl.Run.load("my_run.json")

What was given to the experiment is kept as the code that makes the run again.
"""

import json
from dataclasses import asdict
from pathlib import Path

from bonelab.parameters import BonelabError, load, refuse

_FORMAT = "bonelab run 1"
_PLAIN = (
    "kind", "time_unit", "units", "subject", "treatment", "status", "code", "facts", "species",
    "local", "events",
)  # fmt: skip


def save(run, path):
    """Write a run to a file; returns its path."""
    content = {"format": _FORMAT} | {name: getattr(run, name) for name in _PLAIN}
    for name in ("units", "facts"):
        content[name] = dict(content[name])
    content["notes"] = [asdict(note) for note in run.notes]
    content["time"] = run.time.tolist()
    content["series"] = {name: values.tolist() for name, values in run.items()}
    if run.parameters is not None:
        content["parameters"] = {"room": run.parameters.room, "values": run.parameters.as_dict()}
    file = Path(path)
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return file


def read(path):
    """The arguments of the Run in a file. Raises BonelabError where there is none."""
    file = Path(path)
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except OSError:
        refuse("path", str(path), "there is no file of this name that can be read.")
    except ValueError:
        content = {}
    if not isinstance(content, dict) or content.pop("format", "") != _FORMAT:
        refuse("path", str(path), "this file holds no run; run.save(path) writes one.")
    try:
        content["events"] = tuple((day, words) for day, words in content["events"])
        stored = content.get("parameters")
        if stored:
            content["parameters"] = type(load(stored["room"]))(**stored["values"])
        return content
    except (KeyError, TypeError, ValueError) as fault:
        raise BonelabError(f"{file.name} holds a run that cannot be read: {fault}") from None
