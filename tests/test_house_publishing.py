"""What a server, a cloud and a journal read: it can be read, and it names what exists."""

import argparse
import json
import re

import pytest
from lesson_runs import NAMES, ROOT

from bonelab.course.cli import COMMANDS


class Config:
    """What Jupyter's ``get_config()`` gives: any name may be set on any name."""

    def __getattr__(self, name):
        made = Config()
        self.__dict__[name] = made
        return made


def read(path, **names):
    """The configuration that a file makes."""
    config = Config()
    source = (ROOT / path).read_text(encoding="utf-8")
    exec(compile(source, path, "exec"), {"get_config": lambda: config, **names})
    return config


def test_a_student_of_the_image_finds_a_copy_of_the_course(tmp_path, monkeypatch):
    from bonelab.course import course_folders

    monkeypatch.setattr(course_folders, "work", lambda: tmp_path / "bonelab-work")
    config = read("deploy/jupyter_server_config.py")
    assert config.ServerApp.root_dir == str(tmp_path)
    page = config.ServerApp.default_url.removeprefix("/lab/tree/")
    assert page == f"bonelab-work/lessons/{NAMES[0]}.ipynb"
    assert (tmp_path / page).is_file()
    assert config.MappingKernelManager.cull_idle_timeout == 3600  # seconds


def test_the_hub_opens_the_first_lesson_and_keeps_the_students_folder():
    config = read("deploy/jupyterhub_config.py")
    assert config.Spawner.default_url.endswith(f"lessons/{NAMES[0]}.ipynb")
    (volume,) = config.DockerSpawner.volumes.values()
    assert volume == "/home/student/bonelab-work"
    image = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    assert "useradd --create-home student" in image
    assert "WORKDIR /home/student" in image
    assert "solutions" not in image


def test_an_editor_can_read_the_development_container():
    told = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    folder = ROOT / ".devcontainer"
    assert (folder / told["build"]["dockerfile"]).resolve().is_file()


@pytest.mark.parametrize("page", ["docs/publishing.md", "docs/where-it-runs.md", "README.md"])
def test_the_commands_that_a_page_names_exist(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:python3 -m |`)bonelab ([a-z]+)", text))
    assert named
    assert named <= set(COMMANDS)
    lanes = (ROOT / ".ci" / "lane").read_text(encoding="utf-8")
    for lane in re.findall(r"\.ci/lane (\w+)", text):
        assert lane in lanes


def options_of(command):
    """Words that a command knows."""
    listed = argparse.ArgumentParser()
    (COMMANDS[command].arguments or (lambda parser: None))(listed)
    return set(listed._option_string_actions)


@pytest.mark.parametrize(
    "page", ["docs/publishing.md", "docs/where-it-runs.md", "docs/teaching.md", "README.md"]
)
def test_the_options_that_a_page_names_exist(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    named = re.findall(r"(?:python3 -m |`)bonelab ([a-z]+)([^`\n]*)", text)
    unknown = {
        (command, option)
        for command, rest in named
        if not COMMANDS[command].passes_on
        for option in re.findall(r"--[a-z-]+", rest.partition("#")[0])
        if option not in options_of(command)
    }
    assert unknown == set()


def test_the_paper_cites_what_its_list_of_references_holds():
    paper = (ROOT / "paper.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"@article\{(\w+),", (ROOT / "paper.bib").read_text(encoding="utf-8")))
    body = paper.split("---", 2)[2]
    assert set(re.findall(r"@(\w+)", body)) == listed
    assert len(body.split()) < 1000  # what the journal asks for


def test_every_evidence_of_the_checklists_exists():
    text = (ROOT / "docs" / "standards.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)\)", text)
    assert len(links) > 20
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
    rows = [line for line in text.splitlines() if line.startswith("|") and "---" not in line]
    assert all(len(row.split("|")) == 4 and row.split("|")[2].strip() for row in rows)


def test_binder_copies_the_course_before_it_installs_it():
    """Binder takes a line without a slash for a package of the index, and would install nothing."""
    lines = (ROOT / ".binder" / "requirements.txt").read_text(encoding="utf-8").split()
    assert lines == ["./"]
