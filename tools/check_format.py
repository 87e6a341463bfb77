#!/usr/bin/env python3
"""Checks that every C++ file is formatted as .clang-format says. `make format` mends."""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "*.cc", "*.h"], cwd=ROOT, check=True,
                            capture_output=True, text=True).stdout.split()
    files = [path for path in listed if (ROOT / path).exists()]
    done = subprocess.run(["clang-format-19", "--dry-run", "-Werror", *files], cwd=ROOT, capture_output=True, text=True)
    wrong = sorted({line.split(":")[0] for line in done.stderr.splitlines() if "clang-format-violations" in line})
    for path in wrong:
        print(f"{path}: not formatted (make format)")
    if done.returncode and not wrong:
        print(done.stderr.strip())
    print(f"format: {len(files)} files, {len(wrong)} complaints")
    return 1 if done.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
