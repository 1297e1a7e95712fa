"""``bonelab grade``: mark what students hand in. See docs/teachers-grading.md."""


def main(argv):
    """``bonelab grade SUBMISSIONS --out DIR`` or ``bonelab grade merge DIR``; the exit code."""
    from bonelab.course.grade import command

    return command.merge(argv[1:]) if argv[:1] == ["merge"] else command.grade(argv)
