#!/usr/bin/python3
"""write_sbom.py BINARY: what the program is made of, as CycloneDX 1.5 JSON on standard output: the Debian packages it links
or was compiled with, and the npm packages inside its pages."""
import json
import pathlib
import re
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parent.parent
# Compiled into the program from their headers.
HEADERS_ONLY = ['libboost1.81-dev', 'libtomlplusplus-dev', 'libcli11-dev']
APPS = ['apps/loader', 'apps/panel', 'apps/desk', 'apps/sample_shop']


def told(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def debian(package):
    facts = told('dpkg-query', '-W', '-f', '${binary:Package} ${Version} ${source:Package}', package).split(' ')
    name, version = facts[0].split(':')[0], facts[1]
    return {'type': 'library', 'name': name, 'version': version, 'purl': f'pkg:deb/debian/{name}@{version}?distro=debian-12'}


def linked(binary):
    packages = set()
    for path in re.findall(r'=> (/\S+)', told('ldd', binary)):
        for place in (path, str(pathlib.Path(path).resolve()), path.replace('/lib/', '/usr/lib/', 1)):
            owner = subprocess.run(['dpkg', '-S', place], capture_output=True, text=True)
            if owner.returncode == 0:
                packages.add(owner.stdout.split(':')[0])
                break
    return [debian(package) for package in sorted(packages)]


def place_of(lock, name, seen_from):
    """Where npm put `name` for somebody who stands in `seen_from`: the nearest node_modules upwards."""
    at = seen_from
    while True:
        candidate = f'{at}/node_modules/{name}' if at else f'node_modules/{name}'
        if candidate in lock:
            return lock[candidate].get('resolved') if lock[candidate].get('link') else candidate
        if not at:
            return None
        at = at.rpartition('/node_modules/')[0] if '/node_modules/' in at else ''


def npm():
    lock = json.loads((root / 'web/package-lock.json').read_text())['packages']
    waiting, seen = list(APPS), set()
    while waiting:
        place = waiting.pop()
        if place in seen or place not in lock:
            continue
        seen.add(place)
        for name in lock[place].get('dependencies', {}):
            found = place_of(lock, name, place)
            if found:
                waiting.append(found)
    inside = {place.rpartition('node_modules/')[2]: lock[place] for place in seen if 'node_modules/' in place}
    return [{'type': 'library', 'name': name, 'version': facts['version'], 'licenses': [{'expression': facts['license']}] if facts.get('license') else [],
             'purl': f"pkg:npm/{name.replace('@', '%40')}@{facts['version']}"} for name, facts in sorted(inside.items())]


def main():
    version = re.search(r'project\(kith VERSION ([0-9.]+)', (root / 'CMakeLists.txt').read_text()).group(1)
    print(json.dumps({
        'bomFormat': 'CycloneDX', 'specVersion': '1.5', 'version': 1,
        'metadata': {'component': {'type': 'application', 'name': 'kith', 'version': version, 'licenses': [{'expression': 'Apache-2.0'}]}},
        'components': linked(sys.argv[1]) + [debian(package) for package in HEADERS_ONLY] + npm(),
    }, indent=1))


if __name__ == '__main__':
    main()
