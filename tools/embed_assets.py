#!/usr/bin/env python3
"""Writes what the front end built (web/apps/*/dist) into one C++ source file: the bytes by .incbin, never as arrays, and
a table of name, media type, ETag and encodings. Nothing built is an empty table, and the program says so kindly.

    embed_assets.py --web web --out build/generated/embedded_assets.cc [--file name=path ...]

Names are "APP/path", and "assets/NAME-HASH.EXT" for what an app put into its assets folder: those names change with
their content, so a browser may keep them for ever. FILE.br and FILE.gz beside a file are its precompressed forms; where
there is no FILE.gz one is made here. --file takes one more file under assets/ and puts the hash into its name."""
import argparse
import gzip
import hashlib
import pathlib
import re
import sys

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".wav": "audio/wav",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
WORTH_PACKING = re.compile(r"^(text/|application/(json|manifest|wasm)|image/svg)")
SAFE_NAME = re.compile(r"^[A-Za-z0-9_@-][A-Za-z0-9._@-]*(/[A-Za-z0-9_@-][A-Za-z0-9._@-]*)*$")

HEAD = """// Written by tools/embed_assets.py from what the front end built.
#include "http/embedded_assets.h"

"""


def complain(words):
    sys.exit(f"embed_assets: {words}")


def built_files(web):
    """(name, path) of every file that an app built."""
    for dist in sorted((web / "apps").glob("*/dist")):
        for path in sorted(dist.rglob("*")):
            if not path.is_file() or path.suffix in {".br", ".gz", ".map"} or path.name == "built.json":
                continue
            inside = path.relative_to(dist).as_posix()
            yield (inside if inside.startswith("assets/") else f"{dist.parent.name}/{inside}"), path


def single_files(wanted):
    for word in wanted:
        name, _, path = word.partition("=")
        path = pathlib.Path(path)
        if not path.is_file():
            continue
        mark = hashlib.sha256(path.read_bytes()).hexdigest()[:10]
        yield f"assets/{name}-{mark}{path.suffix}", path


def packed(path, content, media_type, folder):
    """The .br and .gz forms of a file, where they are smaller than it."""
    forms = {}
    for ending in ("br", "gz"):
        beside = path.with_name(f"{path.name}.{ending}")
        if beside.is_file() and beside.stat().st_mtime >= path.stat().st_mtime:
            forms[ending] = beside
    if "gz" not in forms and WORTH_PACKING.match(media_type):
        folder.mkdir(parents=True, exist_ok=True)
        form = folder / f"{hashlib.sha256(content).hexdigest()}.gz"
        if not form.is_file():
            form.write_bytes(gzip.compress(content, 9, mtime=0))
        forms["gz"] = form
    return {ending: form for ending, form in forms.items() if form.stat().st_size < len(content)}


class Writer:
    """Collects the bytes and the rows of the table."""

    def __init__(self, folder):
        self.folder = folder
        self.blocks = []
        self.rows = {}

    def bytes_of(self, path):
        """A string_view on the bytes of this file, as C++."""
        size = path.stat().st_size
        if size == 0:
            return "{}"
        symbol = f"kith_asset_{len(self.blocks)}"
        place = str(path.resolve()).replace("\\", "\\\\").replace('"', '\\"')
        self.blocks.append(
            f'asm(R"(.section .rodata.kith_assets,"a",%progbits\n.balign 16\n{symbol}:\n.incbin "{place}"\n.byte 0\n'
            f'.previous)");\nextern "C" const char {symbol}[];\n'
        )
        return f"{{{symbol}, {size}}}"

    def add(self, name, path):
        media_type = MEDIA_TYPES.get(path.suffix)
        if not media_type:
            complain(f"{path} is of a kind that nobody gave a media type")
        if not SAFE_NAME.match(name):
            complain(f"{path}: a name holds letters, digits, '.', '-', '_' and '@' only")
        content = path.read_bytes()
        etag = hashlib.sha256(content).hexdigest()[:24]
        if name in self.rows:
            if self.rows[name][0] != etag:
                complain(f"two files want to be called {name}")
            return
        forms = packed(path, content, media_type, self.folder)
        plain, br, gz = (self.bytes_of(form) if form else "{}" for form in (path, forms.get("br"), forms.get("gz")))
        self.rows[name] = (etag, f'    {{"{name}", "{media_type}", "{etag}", {plain}, {br}, {gz}}},\n')

    def text(self):
        rows = "".join(row for _, (_, row) in sorted(self.rows.items()))
        table = f"constexpr Asset kAssets[] = {{\n{rows}}};\n" if rows else "constexpr std::span<const Asset> kAssets;\n"
        return (
            HEAD + "\n".join(self.blocks) + "\nnamespace kith::http {\nnamespace {\n\n// Sorted by name.\n" + table
            + "\n}  // namespace\n\nstd::span<const Asset> embedded_assets() {\n  return kAssets;\n}\n\n}  // namespace kith::http\n"
        )


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--web", type=pathlib.Path, required=True)
    words.add_argument("--out", type=pathlib.Path, required=True)
    words.add_argument("--file", action="append", default=[])
    given = words.parse_args()
    writer = Writer(given.out.parent / "packed")
    for name, path in [*built_files(given.web), *single_files(given.file)]:
        writer.add(name, path)
    text = writer.text()
    if given.out.is_file() and given.out.read_text() == text:
        return
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(text)


if __name__ == "__main__":
    main()
