"""``python3 -m bonelab``: the standard library alone, whatever is installed."""

import os
import sys


def main(argv=None):
    """Run one command of the course; return its exit code."""
    if sys.path[0] in ("", os.getcwd()):  # a random.py of the user's own must not hide Python's
        sys.path.append(sys.path.pop(0))
    if sys.version_info < (3, 11):  # noqa: UP036  (an older Python gets this far)
        version = ".".join(map(str, sys.version_info[:3]))
        print(
            f"bonelab needs Python 3.11 or newer; this is Python {version} ({sys.executable}).\n"
            "Install a newer Python and start again with it, e.g. python3.12 -m bonelab",
            file=sys.stderr,
        )
        return 1
    from bonelab.course.cli import main as run
    from bonelab.course.console import write_safely

    write_safely()
    return run(sys.argv[1:] if argv is None else list(argv))


if __name__ == "__main__":
    sys.exit(main())
