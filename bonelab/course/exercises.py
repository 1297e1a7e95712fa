"""``bonelab exercises``: make ``exercises/`` from ``solutions/``. See docs/writing-exercises.md."""


def main(argv):
    """Write (or with ``--check`` compare) every exercise; return 1 if one is stale."""
    from bonelab.course import course_folders
    from bonelab.grading import exercise_generation

    return exercise_generation.main(
        argv, course_folders.material() / "solutions", course_folders.material() / "exercises"
    )
