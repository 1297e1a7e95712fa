"""All reports in one ZIP, named and laid out as the platform gave the work, to be sent back."""

import zipfile
from pathlib import Path

from bonelab.grading import reports
from bonelab.grading.students import CANVAS, MOODLE

MOMENT = (1980, 1, 1, 0, 0, 0)  # so that the same reports make the same file


def write_feedback(path, book):
    """Write ``path``; what could not be put in, in words."""
    taken, troubles = set(), []
    with zipfile.ZipFile(Path(path), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, student in book.students.items():
            try:
                page = reports.html_report(name, student, book)
            except Exception as error:
                troubles.append(f"{name} has no feedback ({type(error).__name__})")
                continue
            for place in places(name, student):
                if place.casefold() not in taken:
                    taken.add(place.casefold())
                    info = zipfile.ZipInfo(place, MOMENT)
                    info.compress_type = zipfile.ZIP_DEFLATED
                    archive.writestr(info, page)
    return troubles


def places(name, student):
    """Where the platform looks for a student's feedback: in the folder, or under the name of the
    file, that it gave; else in a folder of the student's name."""
    page = reports.file_name(name)
    paths = []
    for entry in student.sets:
        parts = [part for part in entry.place.split("/") if part]
        moodle = [part for part in parts if MOODLE.match(part)]
        of_group = student.ids.get("Moodle group number")
        if moodle and (number := student.ids.get("Moodle participant", of_group)):
            folder = MOODLE.match(moodle[-1])
            # Moodle up to 4.0 wants the last underscore, later ones take the folder with or without
            paths.append(f"{_safe(folder['name'])}_{number}_assignsubmission_file_/report.html")
        elif parts and CANVAS.match(parts[-1]) and "Canvas user" in student.ids:
            paths.append(f"{_safe(parts[-1].rsplit('.', 1)[0])}.html")
    return list(dict.fromkeys(paths)) or [f"{page}/report.html"]


def _safe(name):
    """Nothing that climbs or colours, as a platform's own names never do."""
    text = "".join(c if c.isprintable() and c not in '/\\:*?"<>|' else "_" for c in name)
    return text.strip(". ") or "_"
