"""What the environment and the dependencies say is written down completely."""

import re
import tomllib

from packaging.requirements import Requirement
from packaging.version import Version

from comptoir.environment import Environment
from tests.house.source import ROOT


def test_the_example_lists_every_setting_and_no_other():
    written = re.findall(r"^#? ?COMPTOIR_(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(written) == sorted(name.upper() for name in Environment.model_fields)


def test_the_example_holds_no_secret():
    assert re.search(r"^COMPTOIR_SECRET_KEY=$", (ROOT / ".env.example").read_text(), re.MULTILINE)


def test_requirements_hold_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    pins = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE))
    wanted = [Requirement(line) for line in asked]
    assert [str(one) for one in wanted if Version(pins.get(one.name, "0")) not in one.specifier] == []


def test_requirements_name_no_host():
    assert "://" not in (ROOT / "requirements.txt").read_text()
