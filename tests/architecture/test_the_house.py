"""Rules of the house that import contracts cannot say. Each message tells how to mend the fault."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "misc"}
SOURCES = sorted(
    path for package in ("survey_app", "questionnaires", "analysis") for path in (TOP / package).rglob("*.py")
)
WEB_STACK = ("flask", "flask_wtf", "wtforms", "werkzeug", "jinja2", "sqlalchemy")


def modules_of(package: str) -> list[str]:
    names = (path.relative_to(TOP).with_suffix("").as_posix().replace("/", ".") for path in SOURCES)
    return [name.removesuffix(".__init__") for name in names if name.startswith(package) and "__main__" not in name]


@pytest.mark.parametrize("package", ["questionnaires", "analysis"])
def test_a_pure_package_loads_no_web_framework_and_no_database_library(package: str) -> None:
    program = f"import importlib, sys\nfor name in {modules_of(package)!r}: importlib.import_module(name)\n"
    program += f"print([name for name in {WEB_STACK!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", program], cwd=TOP, capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]", (
        f"{package} must stay pure: move what needs {loaded.stdout} into survey_app/services"
    )


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [path for path in SOURCES if path.stem in FORBIDDEN_NAMES]
    assert not vague, f"name the module after its subject: {vague}"


def test_templates_lie_below_a_folder_named_after_their_door() -> None:
    for templates in (TOP / "survey_app").glob("*/templates"):
        strays = [path for path in templates.iterdir() if path.name != templates.parent.name]
        assert not strays, f"move {strays} below {templates / templates.parent.name}"


def test_templates_carry_no_inline_style_and_no_inline_script() -> None:
    for path in (TOP / "survey_app").glob("*/templates/**/*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text), f"the content policy refuses inline styles: {path}"
        for script in re.findall(r"<script([^>]*)>", text):
            assert "src=" in script or 'type="application/json"' in script, f"inline script in {path}"


def functions(tree: ast.AST) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def test_public_functions_of_the_pure_packages_say_what_they_mean() -> None:
    silent = [
        f"{path.relative_to(TOP)}:{node.lineno} {node.name}"
        for path in SOURCES
        if path.parts[len(TOP.parts)] in {"questionnaires", "analysis"} and path.name != "__main__.py"
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not silent, "write a docstring: meaning, units, errors\n" + "\n".join(silent)


def test_every_setting_and_every_command_is_in_the_readme() -> None:
    readme = (TOP / "README.md").read_text("utf-8")
    chinese = (TOP / "README.zh-CN.md").read_text("utf-8")
    settings = set(re.findall(r'value\("([A-Z_]+)"', (TOP / "survey_app/settings.py").read_text("utf-8")))
    assert settings, 'settings.py is read by pattern: keep value("NAME", default)'
    for name in settings:
        assert f"SURVEY_{name}" in readme, f"README.md lacks SURVEY_{name}"
        assert f"SURVEY_{name}" in chinese, f"README.zh-CN.md lacks SURVEY_{name}"
    commands = re.findall(
        r'@(?:click|users)\.command\("([a-z]+)"\)', (TOP / "survey_app/commands.py").read_text("utf-8")
    )
    for name in commands:
        assert re.search(rf"flask --app wsgi (user )?{name}\b", readme), f"README.md lacks the command {name}"


def test_every_questionnaire_of_the_library_passes_the_check() -> None:
    files = sorted(str(path) for path in (TOP / "questionnaires/library").glob("[a-z]*.yaml") if path.stem != "scoring")
    checked = subprocess.run(
        [sys.executable, "-m", "questionnaires", "check", *files], cwd=TOP, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
