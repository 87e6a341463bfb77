#!/usr/bin/env python3
"""Checks that nothing of anybody's workplace is committed: paths of a home folder, hosts of a package registry in lock
files, the same in commit messages. What is published must build anywhere."""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
HOME_PATH = re.compile(r"(?<![\w.~$}])/(?:root|work|home/[a-z]\w*|Users/\w+)/\w")
TEXT = (".cc", ".h", ".md", ".yaml", ".yml", ".ts", ".json", ".py", ".sh", ".txt", ".cmake", ".sql", ".example", "Makefile", ".npmrc")


def git(*words):
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True).stdout


def hosts_in_lock(path):
    npmrc = (ROOT / path).parent / ".npmrc"
    settings = npmrc.read_text() if npmrc.exists() else ""
    for name, package in json.loads((ROOT / path).read_text()).get("packages", {}).items():
        if "resolved" in package and not package.get("link"):
            yield f"{path}: {name or 'the package'} names the host it came from (set omit-lockfile-registry-resolved)"
        if package.get("hasInstallScript") and "ignore-scripts=true" not in settings:
            yield f"{path}: {name} wants to run a script while being installed (set ignore-scripts=true in .npmrc)"


def main():
    complaints, seen = [], 0
    for path in git("ls-files", "-co", "--exclude-standard").split("\n"):
        if not path.endswith(TEXT) or not (ROOT / path).exists() or "/data/" in path:
            continue
        seen += 1
        if path.endswith("package-lock.json"):
            complaints += hosts_in_lock(path)
            continue
        for number, line in enumerate((ROOT / path).read_text(errors="replace").splitlines(), 1):
            if HOME_PATH.search(line):
                complaints.append(f"{path}:{number}: a path of somebody's machine")
    for line in git("log", "--format=%h %B").splitlines():
        if HOME_PATH.search(line):
            complaints.append(f"commit message: {line}")
    print("\n".join(complaints), end="\n" if complaints else "")
    print(f"traces: {seen} files, {len(complaints)} complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
