"""The theme: earlier folders hide later ones, published files are named by their content."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from pathlib import Path

import jinja2
import pytest

from site_plugins.tools.theme_folder import Theme, packaged_theme, published_script


def _write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return _write(
        tmp_path / "base",
        {
            "layouts/page.html": "<p>{{ text }}</p>{{ icon('mark') }}"
            "{% include 'partials/x.html' %}",
            "partials/x.html": "base",
            "styles/order.txt": "# the order\n\nstyles/a.css\ncomponents/b/b.css\n",
            "styles/a.css": "/* note */\na {\n    color: red;\n}\n\n\n",
            "components/b/b.css": "b { color: blue; }",
            "styles/unused.css": "c {}",
            "icons/mark.svg": "<svg>base</svg>\n",
            "scripts/site.js": "// site",
            "scripts/qr.js": "// qr",
            "images/favicon.svg": "<svg/>",
        },
    )


def test_a_template_escapes_and_includes(base: Path) -> None:
    html = Theme([str(base)]).render("layouts/page.html", {"text": "<b>&"})
    assert html == "<p>&lt;b&gt;&amp;</p><svg>base</svg>base"


def test_what_a_template_is_not_given_is_a_mistake(base: Path) -> None:
    with pytest.raises(jinja2.UndefinedError):
        Theme([str(base)]).render("layouts/page.html", {})


def test_an_earlier_folder_hides_a_later_one(base: Path, tmp_path: Path) -> None:
    own = _write(
        tmp_path / "own",
        {"partials/x.html": "own", "icons/mark.svg": "<svg>own</svg>", "styles/a.css": "a{}"},
    )
    theme = Theme([str(own), str(base)])
    assert theme.render("layouts/page.html", {"text": ""}) == "<p></p><svg>own</svg>own"
    assert theme.files().files[0].content == b"a{}\nb { color: blue; }\n"


def test_published_files(base: Path) -> None:
    files = Theme([str(base)]).files()
    by_path = {artifact.path: artifact.content for artifact in files.files}
    assert by_path[files.css] == b"a {\ncolor: red;\n}\nb { color: blue; }\n"
    assert files.css.startswith("assets/site.")
    folder = files.js.rpartition("/")[0]
    assert set(by_path) == {
        files.css,
        files.js,
        f"{folder}/qr.js",
        "assets/images/favicon.svg",
    }


def test_names_change_with_the_content_alone(base: Path, tmp_path: Path) -> None:
    before = Theme([str(base)]).files()
    assert Theme([str(base)]).files() == before
    _write(base, {"styles/a.css": "a { color: green; }"})
    after = Theme([str(base)]).files()
    assert after.css != before.css
    assert after.js == before.js
    _write(base, {"scripts/qr.js": "// other"})
    assert Theme([str(base)]).files().js != before.js


def test_a_theme_of_others_publishes_nothing(base: Path, tmp_path: Path) -> None:
    host = _write(
        tmp_path / "host",
        {
            "mkdocs_theme.yml": "",
            "scripts/host.js": "//",
            "images/host.png": "",
            ".icons/material/phone.svg": "<svg>phone</svg>",
        },
    )
    theme = Theme([str(base), str(host)])
    assert not any("host" in artifact.path for artifact in theme.files().files)
    assert theme.icon("material/phone") == "<svg>phone</svg>"


def test_an_icon_that_is_not_there_is_a_mistake(base: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        Theme([str(base)]).icon("nowhere")


def test_an_environment_of_the_host_keeps_its_filters(base: Path) -> None:
    environment = jinja2.Environment()
    environment.filters["shout"] = str.upper
    _write(base, {"layouts/page.html": "{{ text | shout }}"})
    theme = Theme([str(base)], environment)
    assert theme.render("layouts/page.html", {"text": "a<"}) == "A&lt;"


def test_the_packaged_theme_has_its_style_sheet_and_scripts() -> None:
    files = Theme([str(packaged_theme())]).files()
    paths = {artifact.path for artifact in files.files}
    assert {files.css, files.js} <= paths
    assert len(paths) == len(files.files)


def test_scripts_of_the_own_theme_are_published_without_comments() -> None:
    own = packaged_theme()
    files = {file.path: file.content for file in Theme([str(own)]).files().files}
    published = {path: content for path, content in files.items() if path.endswith(".js")}
    assert {"search/client.js", "search/page.js"} <= published.keys()
    for path, content in published.items():
        folder = "search" if path.startswith("search/") else "scripts"
        source = (own / folder / path.rpartition("/")[2]).read_bytes()
        assert len(gzip.compress(content)) < 0.85 * len(gzip.compress(source)), path
        assert not re.search(rb"^\s*(//|/\*|\*)", content, re.MULTILINE), path


def test_scripts_of_other_folders_are_published_as_they_are(tmp_path: Path) -> None:
    words = "// mine\nexport const a = 1;  // one\n"
    own = _write(tmp_path / "own", {"scripts/own.js": words, "search/client.js": words})
    files = {
        file.path: file.content for file in Theme([str(own), str(packaged_theme())]).files().files
    }
    assert files["search/client.js"] == words.encode()
    assert [file for path, file in files.items() if path.endswith("/own.js")] == [words.encode()]


def test_scripts_are_the_same_by_whatever_way_the_theme_is_reached(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(packaged_theme().parent)
    by_link = Theme([str(tmp_path / "link" / packaged_theme().name)]).files()
    assert by_link == Theme([str(packaged_theme())]).files()


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_published_scripts_can_be_read_by_an_engine(tmp_path: Path) -> None:
    scripts = [
        path for folder in ("scripts", "search") for path in (packaged_theme() / folder).iterdir()
    ]
    assert len(scripts) > 10
    for path in scripts:
        module = tmp_path / f"{path.stem}.mjs"
        module.write_bytes(published_script(path))
        subprocess.run(["node", "--check", str(module)], check=True)


def test_text_within_a_script_stays_as_it_is(tmp_path: Path) -> None:
    script = tmp_path / "a.js"
    script.write_text(
        "// gone\nconst a = `${1}  // 留下`; /* gone */\n"
        "  const b = /[/*]  x/.test('  // 留下');\n",
        encoding="utf-8",
    )
    lean = published_script(script).decode()
    assert "gone" not in lean
    for kept in ("`${1}  // 留下`", "/[/*]  x/", "'  // 留下'"):
        assert kept in lean
