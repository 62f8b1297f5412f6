"""One stylesheet, one font and the licences of both, made from node_modules and styles/ into build/static/.

The style parts are bundled by lightningcss. Classes of the design systems that no template or component names are left
out, and the thousands of design tokens of the theme are read here once instead of in every browser.
"""

import hashlib
import json
import re
import shutil
from pathlib import Path

THEME = "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"
FONT = "@fontsource-variable/noto-sans/files/noto-sans-latin-wght-normal.woff2"
OUTPUTS = ["css/portal.css", "fonts/noto-sans.woff2", "licences.txt"]

TOKEN = re.compile(r"(--[\w-]+)\s*:\s*([^;}]+)")
THEME_BLOCK = re.compile(r"\.smart-theme\s*{([^}]*)}")
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/")
OTHERS_CLASS = re.compile(r"\.((?:nl|utrecht)-[\w-]+)")
WORD = re.compile(r"[\w-]+")
BUILT_WORD = re.compile(r"((?:nl|utrecht)-[\w-]*-)\{\{")


class AssetsError(Exception):
    """The assets cannot be made; the message says what to do."""


def build(base_dir: Path, *, force: bool = False) -> bool:
    """Make the assets below `base_dir`/build/static; return False when nothing had changed since the last time."""
    modules, target = base_dir / "node_modules", base_dir / "build" / "static"
    if not (modules / THEME).exists() or not (modules / FONT).exists():
        raise AssetsError(
            "The style parts are not installed (node_modules is missing or incomplete): run `make setup`."
        )
    stamp = base_dir / "build" / "assets.sha256"
    digest = inputs_digest(base_dir)
    complete = all((target / name).exists() for name in OUTPUTS)
    if not force and complete and stamp.exists() and stamp.read_text() == digest:
        return False
    for name in OUTPUTS:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
    (target / "css" / "portal.css").write_text(stylesheet(base_dir))
    shutil.copyfile(modules / FONT, target / "fonts" / "noto-sans.woff2")
    (target / "licences.txt").write_text(licences(modules))
    stamp.write_text(digest)
    return True


def naming_files(base_dir: Path) -> list[Path]:
    """The files that may name a class: templates, and the Python that makes markup."""
    return sorted([*base_dir.glob("templates/**/*.html"), *base_dir.glob("smartsociety/core/**/*.py")])


def inputs_digest(base_dir: Path) -> str:
    """A fingerprint of everything that the assets are made from."""
    files = [
        *naming_files(base_dir),
        *sorted(base_dir.glob("styles/**/*.css")),
        base_dir / "package-lock.json",
    ]
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.relative_to(base_dir)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def stylesheet(base_dir: Path) -> str:
    """The whole stylesheet: only rules that are used, with the tokens of the theme already read."""
    try:
        import lightningcss  # noqa: PLC0415 - a tool of the workshop; a server gets its assets ready-made
    except ImportError as error:
        raise AssetsError("The bundler lightningcss is not installed: run `make setup`.") from error

    try:
        css = lightningcss.bundle_css(str(base_dir / "styles" / "portal.css"), minify=False)
        css = lightningcss.process_stylesheet(css, unused_symbols=unused_classes(css, base_dir))
        css = read_tokens(css, (base_dir / "node_modules" / THEME).read_text())
        css = lightningcss.process_stylesheet(css)
    except Exception as error:  # lightningcss raises its own kinds, all with a place and a reason
        raise AssetsError(f"styles/ does not bundle: {error}") from error
    return SOURCE_MAP.sub("", css)


def unused_classes(css: str, base_dir: Path) -> set[str]:
    """Classes of the design systems that no template names.

    A name that a template completes itself, as in `…--{{ kind }}`, keeps all that begin so.
    """
    named, beginnings = set(), set()
    for path in naming_files(base_dir):
        text = path.read_text()
        named.update(WORD.findall(text))
        beginnings.update(BUILT_WORD.findall(text))
    return {
        name
        for name in OTHERS_CLASS.findall(css)
        if name not in named and not name.startswith(tuple(beginnings))
    }


def read_tokens(css: str, theme: str) -> str:
    """Replace each token that only the theme sets by its value, so that a browser need not look it up.

    Tokens that our own styles or a component set stay as they are: they can change with the place or the light. The
    theme's value of those comes first, unless tokens.css has its own.
    """
    theirs, ours = dict(TOKEN.findall(theme)), {name for name, _value in TOKEN.findall(css)}

    def read(text: str) -> str:
        start = text.find("var(")
        if start < 0:
            return text
        end = closing_bracket(text, start + len("var("))
        name, comma, fallback = text[start + len("var(") : end].partition(",")
        name, fallback = name.strip(), read(fallback.strip())
        if name in ours:
            value = f"var({name}{comma}{fallback})"
        elif name in theirs:
            value = read(theirs[name].strip())
        else:
            value = fallback or f"var({name}{comma})"
        return text[:start] + value + read(text[end + 1 :])

    here = {name for block in THEME_BLOCK.findall(css) for name, _value in TOKEN.findall(block)}
    first = "".join(f"{name}:{read(theirs[name])};" for name in sorted((ours & theirs.keys()) - here))
    rules = "".join(read(part) for part in re.split(r"(?<=[;{}])", css))
    return f".smart-theme{{{first}}}{rules}"


def closing_bracket(text: str, position: int) -> int:
    """Where the bracket closes that was opened just before `position`."""
    depth = 1
    for index in range(position, len(text)):
        depth += {"(": 1, ")": -1}.get(text[index], 0)
        if not depth:
            return index
    raise AssetsError(f"A bracket is never closed: {text[position:][:80]}")


def licences(modules: Path) -> str:
    """Which packages are in the bundle, under which licence, and each licence text once."""
    lock = json.loads((modules.parent / "package-lock.json").read_text())
    lines, texts = ["The stylesheet and the font of this site contain:", ""], {}
    for path in sorted(name for name, facts in lock["packages"].items() if name and not facts.get("dev")):
        facts = json.loads((modules.parent / path / "package.json").read_text())
        lines.append(f"{facts['name']} {facts['version']} ({facts['license']})")
        for file in sorted((modules.parent / path).glob("LICEN[CS]E*")):
            texts.setdefault(file.read_text().strip(), facts["license"])
    for text, name in texts.items():
        lines += ["", "-" * 80, name, "-" * 80, "", text]
    return "\n".join(lines) + "\n"
