#!/usr/bin/env python3
"""Checks the direction of the house from its include lines: which folder may see which, who may use which library,
and where coroutines may live. The same table stands in words in docs/architecture.md."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SRC = ROOT / "src"

FEATURES = {"people", "care", "knowledge", "forum", "research", "training", "insight"}
USE_CASES = FEATURES | {"routing", "conversations"}

# folder -> the folders it may include besides itself
MAY_INCLUDE = {
    "base": set(),
    "domain": {"base"},
    **{folder: {"base", "domain"} for folder in FEATURES},
    "routing": {"base", "domain", "care"},
    "conversations": {"base", "domain", "people", "care", "routing"},
    "runtime": {"base", "domain"},
    "storage": {"base", "domain"},
    "wire": {"base", "domain"} | USE_CASES,
    "http": {"base", "domain", "runtime", "wire"} | USE_CASES,
    "realtime": {"base", "domain", "runtime", "wire"} | USE_CASES,
    "channels": {"base", "domain", "runtime", "wire"} | USE_CASES,
    "server": {"base", "domain", "runtime", "wire", "storage", "http", "realtime", "channels"} | USE_CASES,
}

# What a test beside the code may use on top: the store that lives in memory.
TESTS_MAY_INCLUDE = {"storage/memory"}

# `kith version` names the libraries it was built with.
SAYS_VERSIONS = "server/commands/version"
# Written by the build: the migrations as text.
GENERATED = {"storage_migrations.inc"}

# library header -> the places (folder or file, without extension) that may include it
LIBRARIES = {
    # Tests of our own codec ask Beast's WebSocket for a second opinion.
    r"boost/beast": {"http/message_parser", "realtime/frame_codec_oracle_test"},
    r"boost/json": {"base/json", "wire", "runtime/jwt"},
    r"boost/version\.hpp": {SAYS_VERSIONS},
    r"boost/asio|boost/system": {"runtime", "http", "realtime", "channels", "server"},
    r"openssl/": {"base/digest", "runtime", "http/upgrade", "server/certificate", SAYS_VERSIONS},
    r"xxhash\.h": {"storage/sqlite/checked_pages"},
    r"sqlite3\.h": {"storage", SAYS_VERSIONS},
    r"libpq": {"storage"},
    r"sodium": {"base/digest", "base/random", "runtime", "server/start_page", SAYS_VERSIONS},
    r"toml\+\+/": {"server/config"},
    r"date/": {"base/time_zone"},
    r"archive(_entry)?\.h$": {"runtime/zip_stream"},
    r"CLI/": {"server"},
    r"fmt/": set(MAY_INCLUDE),
    r"gtest/|gmock/": {"*_test"},
}

# The operating system's own headers: only where the machine is touched.
SYSTEM = re.compile(r"^(sys/|arpa/|netinet/|linux/|net/)|^(unistd|stdlib|malloc|fcntl|poll|signal|dirent|grp|pwd|termios|netdb|dlfcn|pthread)\.h$")
SYSTEM_PLACES = {"base/log", "base/clock", "base/scratch_folder_for_tests", "runtime", "storage", "http", "realtime", "channels", "server"}
STANDARD = re.compile(r"^[a-z_0-9]+$")

COROUTINE_WORDS = re.compile(r"\b(co_await|co_return|co_spawn|awaitable)\b")
COROUTINE_PLACES = {"runtime", "http", "realtime", "channels", "server"}
# The macros that end a coroutine early are defined beside their plain twins.
COROUTINE_EXCEPTIONS = {"base/result.h"}

INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)')


def is_place(path, places):
    """Is src/`path` inside one of `places` (folders, or files named without extension)?"""
    bare = path.with_suffix("").as_posix()
    without_test = bare.removesuffix("_test")
    for place in places:
        if place == "*_test" and is_test(path):
            return True
        if bare == place or without_test == place or bare.startswith(place + "/"):
            return True
    return False


def is_test(path):
    """Tests, and what several of them share."""
    return bool(re.search(r"_test$|_for_tests$|_test_house$|^test_|^store_contract$|^store_houses$", path.stem))


def without_comments(text):
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.S)


def complaints_about_own(path, target):
    if target in GENERATED:
        return None
    folder, wanted = path.parts[0], pathlib.PurePosixPath(target).parts[0]
    if wanted not in MAY_INCLUDE:
        return f'"{target}" is not "folder/file.h" from src/'
    if wanted == folder or wanted in MAY_INCLUDE[folder]:
        return None
    if is_test(path) and any(target.startswith(place + "/") for place in TESTS_MAY_INCLUDE):
        return None
    return f"{folder} may not include {wanted} ({target})"


def complaints_about_library(path, header):
    for pattern, places in LIBRARIES.items():
        if re.match(pattern, header):
            return None if is_place(path, places) else f"<{header}> belongs to {', '.join(sorted(places))}"
    if SYSTEM.match(header):
        return None if is_place(path, SYSTEM_PLACES) else f"<{header}> touches the machine; use a port"
    if STANDARD.match(header):
        return None
    return f"<{header}> is no library of the table; add it there and in docs/architecture.md"


def complaints(path):
    text = (SRC / path).read_text()
    if path.parts[0] not in MAY_INCLUDE:
        yield 1, f"the folder {path.parts[0]} is not in the table"
        return
    for number, line in enumerate(text.splitlines(), 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        own, library = found.groups()
        complaint = complaints_about_own(path, own) if own else complaints_about_library(path, library)
        if complaint:
            yield number, complaint
    if not is_place(path, COROUTINE_PLACES) and path.as_posix() not in COROUTINE_EXCEPTIONS:
        for number, line in enumerate(without_comments(text).splitlines(), 1):
            if COROUTINE_WORDS.search(line):
                yield number, "coroutines live in adapters and runtime only"


def main():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "src"], cwd=ROOT, check=True,
                            capture_output=True, text=True).stdout.split("\n")
    files = [pathlib.PurePosixPath(name).relative_to("src") for name in listed if name.endswith((".cc", ".h"))]
    failed = 0
    for path in (f for f in files if len(f.parts) > 1 and (SRC / f).exists()):
        for line, complaint in complaints(path):
            print(f"src/{path}:{line}: {complaint}")
            failed += 1
    folders = {f.parts[0] for f in files if len(f.parts) > 1}
    for folder in sorted(folders):
        if not (SRC / folder / "README.md").exists():
            print(f"src/{folder}: a README.md of a few lines is missing")
            failed += 1
    print(f"layers: {len(files)} files, {failed} complaints")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
