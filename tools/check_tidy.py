#!/usr/bin/env python3
"""Runs clang-tidy (.clang-tidy names the checks) and remembers which files were clean.

  check_tidy.py            the folders that hold the rules and the parsers, and whatever changed since origin/main
  check_tidy.py --all      every file

A file counts as unchanged while its own bytes, those of every Kith header it reaches, and .clang-tidy are the same; the
memory lies in build/tidy/clean/. The compile commands come from a preset without precompiled headers, so that a file
that forgets an include is found here as well.
"""
import concurrent.futures
import hashlib
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build/tidy"
CLEAN = BUILD / "clean"
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)
# Cheap to read for clang-tidy (no Asio), and where a mistake is worst.
ALWAYS = ("src/base/", "src/domain/", "src/people/", "src/care/", "src/conversations/", "src/wire/")


def git(*words):
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.split() if done.returncode == 0 else []


def wanted_files(everything):
    files = [p for p in git("ls-files", "-co", "--exclude-standard", "src/*.cc") if (ROOT / p).exists()]
    files = [path for path in files if not path.endswith("_test.cc")]
    if everything:
        return files
    changed = set(git("diff", "--name-only", "HEAD"))
    base = git("merge-base", "HEAD", "origin/main")
    if base:
        changed |= set(git("diff", "--name-only", base[0], "HEAD"))
    return [path for path in files if path in changed or path.startswith(ALWAYS)]


def reached(path, seen):
    if path in seen or not path.exists():
        return
    seen.add(path)
    for name in INCLUDE.findall(path.read_text()):
        reached(ROOT / "src" / name, seen)


def fingerprint(path, settings):
    seen = set()
    reached(ROOT / path, seen)
    digest = hashlib.sha256(settings)
    for file in sorted(seen):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def configure():
    if (BUILD / "compile_commands.json").exists():
        return
    subprocess.run(["cmake", "--preset", "release", "-B", str(BUILD), "-DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON"],
                   cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def lint(path):
    done = subprocess.run(["clang-tidy-19", "--quiet", "-p", str(BUILD), path], cwd=ROOT, capture_output=True, text=True)
    return done.returncode == 0, done.stdout.strip() or done.stderr.strip()


def main():
    configure()
    CLEAN.mkdir(parents=True, exist_ok=True)
    settings = (ROOT / ".clang-tidy").read_bytes()
    files = wanted_files("--all" in sys.argv)
    marks = {path: CLEAN / fingerprint(path, settings + path.encode()) for path in files}
    due = [path for path in files if not marks[path].exists()]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("JOBS", os.cpu_count() or 2))) as pool:
        for path, (fine, said) in zip(due, pool.map(lint, due)):
            if fine:
                marks[path].touch()
            else:
                print(said.replace(f"{ROOT}/", ""))
                failed += 1
    print(f"tidy: {len(files)} files, {len(due)} read again, {failed} with complaints")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
