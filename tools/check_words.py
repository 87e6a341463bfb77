#!/usr/bin/env python3
"""Checks the words: one word per thing, and none that makes people into numbers. docs/vocabulary.md says which and why.
tools/words_allowed.txt lists the places where a denied word is right (a header of a standard, say)."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ALLOWED = ROOT / "tools/words_allowed.txt"

# denied word (in any inflection written here) -> the word we say
EVERYWHERE = {
    r"tickets?|ticketing": "conversation, topic",
    r"agents?": "colleague, or program",
    r"users?": "person, customer, colleague, visitor",
    r"sla|slas": "promise",
    r"handle time|handling time|aht": "nothing: it is not measured",
    r"resolve rate|resolution rate|deflect|deflects|deflection": "nothing: it is not measured",
    r"adherence|occupancy|wrap up|disposition": "nothing: it is not measured",
    r"case numbers?|case ids?|support cases?|customer numbers?": "nothing: nobody gets a number",
    r"macros? response|canned (?:response|answer|reply|replies)s?": "own words",
    r"(?:call|chat|answer|reply|greeting|support|colleague) scripts?|scripted (?:answer|reply|replies|greeting)s?": "own words",
    r"queue positions?|position in (?:the )?(?:queue|line)|wait(?:ing)? scores?": "who waits, longest first",
    # A verb ("where it leads") is no name for a person; a lead is.
    r"(?:an?|the|each|every|new|this) lead(?! to\b)|(?:sales|hot|cold|qualified|our|your) leads?|leads? table"
    r"|lead (?:id|score|source|status|form|generation)s?": "person, customer, visitor; or leader",
}
# Said in front of people: what the API and the screens say.
IN_FRONT_OF_PEOPLE = {
    r"queues?|queued": "line",
    r"cases?": "topic",
    r"idle": "nothing: nobody is measured",
    r"assignees?|assigned to": "the colleague who answers",
    r"leads?": "person, customer, visitor",
    r"scripts?": "own words",
}
# What the pages say that the program writes itself (web/tools/check_tone.ts reads them for their tone, too).
PAGES = ("src/http/hello_words.cc", "src/http/hello_words.h", "src/server/start_page_words.cc", "src/server/start_page_words.h")
CODE = (".cc", ".h", ".sql", ".ts", ".svelte")
DOCS = (".md",)
NOT_READ = re.compile(r"(^|/)(node_modules|data|corpus)/|package-lock\.json$|^docs/vocabulary\.md$|^LICENSE$"
                      r"|^tools/check_words\.py$|^tools/words_allowed\.txt$|\.generated\.")


def spoken(line):
    """Identifiers as words: choose_colleague, ChooseColleague and choose-colleague all read `choose colleague`."""
    line = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", line)
    return re.sub(r"[_\-]+", " ", line).lower()


def rules_for(path):
    if path in ("docs/api.yaml", *PAGES) or re.match(r"web/.*(words|strings|locales)/", path):
        return {**EVERYWHERE, **IN_FRONT_OF_PEOPLE}
    if path.endswith(CODE + DOCS + (".example", ".yaml", ".service")):
        return EVERYWHERE
    return None


def read_allowed():
    rows = []
    for line in ALLOWED.read_text().splitlines():
        if line and not line.startswith("#"):
            path, phrase = line.split(": ", 1)
            rows.append([path, phrase.strip().lower(), 0])
    return rows


def is_allowed(path, line, start, end, allowed):
    """The denied word stands inside an allowed phrase."""
    for row in allowed:
        if row[0] != "*" and not path.startswith(row[0]):
            continue
        for found in re.finditer(re.escape(row[1]), line):
            if found.start() <= start and end <= found.end():
                row[2] += 1
                return True
    return False


def main():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True,
                            capture_output=True, text=True).stdout.split("\n")
    allowed, failed, seen = read_allowed(), 0, 0
    for path in listed:
        rules = rules_for(path)
        if not rules or NOT_READ.search(path) or not (ROOT / path).exists():
            continue
        seen += 1
        compiled = [(re.compile(rf"\b(?:{words})\b"), instead) for words, instead in rules.items()]
        for number, raw in enumerate((ROOT / path).read_text().splitlines(), 1):
            line = spoken(raw)
            for pattern, instead in compiled:
                for found in pattern.finditer(line):
                    if not is_allowed(path, line, found.start(), found.end(), allowed):
                        print(f"{path}:{number}: “{found.group()}”; say: {instead}")
                        failed += 1
    for path, phrase, used in allowed:
        if not used:
            print(f"tools/words_allowed.txt: “{path}: {phrase}” allows nothing any more; take it out")
            failed += 1
    print(f"words: {seen} files, {failed} complaints")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
