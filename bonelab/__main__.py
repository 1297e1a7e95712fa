"""``python3 -m bonelab``: the standard library alone, whatever is installed."""

import sys


def main(argv=None):
    """Run one command of the course; return its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036  (an older Python gets this far)
        found = ".".join(map(str, sys.version_info[:3]))
        print(
            f"bonelab needs Python 3.11 or newer; this is Python {found} ({sys.executable}).\n"
            "Install a newer Python and start again with it, e.g. python3.12 -m bonelab",
            file=sys.stderr,
        )
        return 1
    from bonelab.course.cli import main as run

    return run(sys.argv[1:] if argv is None else list(argv))


if __name__ == "__main__":
    sys.exit(main())
