#!/usr/bin/env python3
"""Checks that files stay below 400 lines and functions below 60. What was longer when it was written down stands in
tools/sizes_baseline.txt; a line there may shrink or go, never grow or be added.

  check_sizes.py            check
  check_sizes.py --tighten  write today's smaller sizes into the baseline
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BASELINE = ROOT / "tools/sizes_baseline.txt"
FILE_LIMIT, FUNCTION_LIMIT = 400, 60
KINDS = (".cc", ".h", ".ts", ".svelte", ".py")
NO_FUNCTION = re.compile(r"^\s*(if|for|while|switch|catch|do|else|namespace|class|struct|union|enum|extern|return)\b")
SIGNATURE = re.compile(r"\)\s*(const|noexcept|override|final|mutable|&|&&|\s)*(->\s*[\w:<>,&*\s]+)?\s*$|\)\s*:\s*\w.*$", re.S)


def blank_out(text):
    """The same text with comments and literals as spaces, so that braces can be counted."""
    pattern = re.compile(r'R"(?P<d>[^(\s]*)\(.*?\)(?P=d)"|//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.S)
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def name_of(head):
    before, _, arguments = head.partition("(")
    name = (before.split() or ["function"])[-1].lstrip("*&")
    return f"{name}({re.sub(r'[ )]+', '', arguments)})" if name.startswith("TEST") else name


def functions(text):
    """(name, first line, number of lines) of every outermost function body."""
    text = re.sub(r"^[ \t]*#.*(?:\\\n.*)*", lambda m: re.sub(r"[^\n]", " ", m.group()), blank_out(text), flags=re.M)
    depth, function_depth, start, head_from = 0, None, 0, 0
    name = ""
    for at, letter in enumerate(text):
        if letter == "{":
            head = text[head_from:at].strip()
            if function_depth is None and SIGNATURE.search(head) and not NO_FUNCTION.match(head):
                function_depth, start = depth, at - len(text[head_from:at].lstrip())
                name = name_of(head)
            depth += 1
            head_from = at + 1
        elif letter == "}":
            depth -= 1
            head_from = at + 1
            if function_depth is not None and depth == function_depth:
                first = text.count("\n", 0, start) + 1
                yield name, first, text.count("\n", start, at) + 1
                function_depth = None
        elif letter == ";" and function_depth is None:
            head_from = at + 1


def measured():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True,
                            capture_output=True, text=True).stdout.split("\n")
    sizes, places, seen = {}, {}, 0
    for path in sorted(p for p in listed if p.endswith(KINDS) and (ROOT / p).exists()):
        text = (ROOT / path).read_text()
        if "auto-generated" in text[:200]:
            continue
        seen += 1
        lines = text.count("\n")
        if lines > FILE_LIMIT:
            sizes[path], places[path] = lines, path
        if path.endswith((".cc", ".h")):
            for name, first, length in functions(text):
                if length > FUNCTION_LIMIT:
                    sizes[f"{path} {name}"], places[f"{path} {name}"] = length, f"{path}:{first}"
    return sizes, places, seen


def read_baseline(text):
    rows = [line.rsplit(" ", 1) for line in text.splitlines() if line and not line.startswith("#")]
    return {name: int(size) for name, size in rows}


def grown_in_history():
    """Names that an older version of the baseline did not have, or had smaller."""
    def git(*words):
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True)

    commits = git("log", "--format=%H", "--", "tools/sizes_baseline.txt").stdout.split()
    newer, grown = read_baseline(BASELINE.read_text()), []
    for commit in commits:
        shown = git("show", f"{commit}:tools/sizes_baseline.txt")
        if shown.returncode != 0:
            continue
        older = read_baseline(shown.stdout)
        grown += [name for name, size in newer.items() if size > older.get(name, 0)]
        newer = older
    return sorted(set(grown))


def main():
    sizes, places, seen = measured()
    baseline = read_baseline(BASELINE.read_text())
    if "--tighten" in sys.argv:
        kept = {name: min(size, sizes[name]) for name, size in baseline.items() if name in sizes}
        head = [line for line in BASELINE.read_text().splitlines() if line.startswith("#")]
        BASELINE.write_text("\n".join(head + [f"{name} {size}" for name, size in sorted(kept.items())]) + "\n")
        return 0
    failed = 0
    for name, size in sizes.items():
        allowed = baseline.get(name)
        if allowed is None or size > allowed:
            limit = allowed or (FUNCTION_LIMIT if " " in name else FILE_LIMIT)
            print(f"{places[name]}: {name} has {size} lines, at most {limit}")
            failed += 1
    for name in grown_in_history():
        print(f"tools/sizes_baseline.txt: {name} was added or grew; the baseline only shrinks")
        failed += 1
    smaller = [name for name, size in baseline.items() if sizes.get(name, 0) < size]
    note = f", {len(smaller)} got smaller (tools/check_sizes.py --tighten)" if smaller else ""
    print(f"sizes: {seen} files, {failed} complaints, {len(baseline)} in the baseline{note}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
