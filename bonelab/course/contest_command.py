"""``bonelab contest``: the antibodies of a class, from its files of answers, on one map."""

import argparse
import sys
from pathlib import Path

LAB = "antibody_designer"
MOST = 200  # antibodies that are simulated: a class, and nobody waits for an hour


def main(argv):
    """Return 0; 2 where no file of answers holds an antibody."""
    parser = argparse.ArgumentParser(prog="bonelab contest", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the files answers.json were handed in")
    parser.add_argument("--write", type=Path, metavar="FILE", help="keep the map (a .png)")
    asked = parser.parse_args(argv)
    from bonelab.figures.contest_map import LETTERS, contest_map
    from bonelab.labs import map_contest

    files, settings = kept_settings(asked.folder)
    designs = map_contest.designs_of(settings)[:MOST]
    if not designs:
        print(
            f"bonelab contest: no file answers.json in {asked.folder} holds an antibody of "
            "lesson 9. Learners hand in the file from their own folder.",
            file=sys.stderr,
        )
        return 2
    entries = [map_contest.judged(design) for design in designs]
    best = map_contest.best(entries)
    counting = sum(entry.counts for entry in entries)
    print(
        f"{files} file{'s' * (files != 1)}, {len(entries)} antibodies, of which {counting} "
        f"count{'s' * (counting == 1)}: CTX is at {map_contest.STOPPED}% or less, and P1NP falls "
        f"back by {map_contest.FALLS_BACK} points or more where the tail of RANKL cannot signal. "
        "All of it is model."
    )
    for letter, entry in zip(LETTERS, best, strict=False):
        print(f"{letter}  {entry.words}")
    if asked.write:
        contest_map(best).save(asked.write)
        print(f"The map is in {asked.write}")
    return 0


def kept_settings(folder):
    """``(files with answers, settings of the lab)`` in a folder. Nothing in them is trusted."""
    from bonelab.grading.kept_answers import NAME, read

    contents = [data for path in sorted(folder.rglob(NAME)) if (data := read(path))]
    settings = []
    for data in contents:
        labs = data.get("labs")
        entry = labs.get(LAB) if isinstance(labs, dict) else None
        kept = entry.get("settings") if isinstance(entry, dict) else None
        if isinstance(kept, dict):
            settings.append(antibody(kept))
    return len(contents), settings


def antibody(kept):
    """Kept settings over the lab's start: only what was moved stands in the file."""
    from bonelab.labs import antibody_designer

    start = {name: control.default for name, control in antibody_designer().controls.items()}
    return start | kept
