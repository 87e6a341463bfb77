#!/usr/bin/env python3
"""Reads docs/api.yaml the way a careful client author would: references lead somewhere, names are unique and in one style,
every operation says what it answers, and nothing a colleague did can be counted by the clock (invariant I16)."""
import pathlib
import re
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
API = ROOT / "docs/api.yaml"
METHODS = ("get", "put", "post", "patch", "delete", "head", "options")
SNAKE = re.compile(r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")
# What RFC 9457 and HTTP name otherwise is none of our fields.
COUNTED = re.compile(r"(duration|elapsed|seconds_|_seconds$|handle|response_time|last_seen|first_seen|online_since|"
                     r"entries_count|answered_count|per_hour|per_day|score|sentiment|rating)")


class Reader:
    def __init__(self, api):
        self.api = api
        self.complaints = []
        self.operations = {}

    def say(self, where, text):
        self.complaints.append(f"docs/api.yaml {where}: {text}")

    def follow(self, ref):
        node = self.api
        for part in ref.removeprefix("#/").split("/"):
            part = part.replace("~1", "/").replace("~0", "~")
            if not isinstance(node, dict) or part not in node:
                return None
            node = node[part]
        return node

    def walk(self, node, where):
        if isinstance(node, list):
            for index, item in enumerate(node):
                self.walk(item, f"{where}/{index}")
            return
        if not isinstance(node, dict):
            return
        ref = node.get("$ref")
        if isinstance(ref, str) and self.follow(ref) is None:
            self.say(where, f"{ref} leads nowhere")
        properties = node.get("properties")
        if isinstance(properties, dict):
            self.read_properties(node, properties, where)
        for key, child in node.items():
            if key not in ("example", "examples"):
                self.walk(child, f"{where}/{key}")

    def read_properties(self, node, properties, where):
        for name in properties:
            if not SNAKE.match(name):
                self.say(where, f"field {name} is not snake_case")
            if COUNTED.search(name):
                self.say(where, f"field {name} counts or times somebody (I16)")
        for name in node.get("required", []):
            if name not in properties:
                self.say(where, f"required field {name} is not described")

    def read_operation(self, path, method, operation, shared):
        where = f"{method.upper()} {path}"
        name = operation.get("operationId")
        if not name or not SNAKE.match(name):
            self.say(where, "operationId is missing or not snake_case")
        elif name in self.operations:
            self.say(where, f"operationId {name} is taken by {self.operations[name]}")
        self.operations[name] = where
        if not operation.get("summary"):
            self.say(where, "summary is missing")
        answers = operation.get("responses", {})
        if not any(str(code).startswith(("2", "1", "3")) for code in answers):
            self.say(where, "no successful answer is described")
        told = [self.follow(p["$ref"]) if "$ref" in p else p for p in shared + operation.get("parameters", [])]
        declared = {p["name"] for p in told if p and p.get("in") == "path"}
        wanted = set(re.findall(r"{(\w+)}", path))
        if declared != wanted:
            self.say(where, f"path parameters {sorted(wanted)} but described {sorted(declared)}")

    def read(self):
        for path, item in self.api.get("paths", {}).items():
            for method in METHODS:
                if method in item:
                    self.read_operation(path, method, item[method], item.get("parameters", []))
        self.walk(self.api, "#")


def main():
    if not API.exists():
        print("api: docs/api.yaml is missing")
        return 1
    reader = Reader(yaml.safe_load(API.read_text()))
    reader.read()
    for complaint in reader.complaints:
        print(complaint)
    print(f"api: {len(reader.operations)} operations, {len(reader.complaints)} complaints")
    return 1 if reader.complaints else 0


if __name__ == "__main__":
    sys.exit(main())
