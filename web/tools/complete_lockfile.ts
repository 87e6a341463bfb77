// Run after `npm install`. A registry that serves only some platforms leaves the packages of the others out of the lockfile,
// and `npm ci` then takes it for broken. This names them again, as what they are: optional, for another machine.
import { readFileSync, writeFileSync } from 'node:fs';

type Entry = {
  version?: string;
  optional?: true;
  dev?: true;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
};
type Lockfile = { packages: Record<string, Entry> };

const systems = new Set(['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']);
const processors: Record<string, string> = {
  arm64: 'arm64',
  x64: 'x64',
  ia32: 'ia32',
  arm: 'arm',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  loong64: 'loong64',
  wasm32: 'wasm32',
  universal: '',
};

// "@oxlint/binding-linux-arm-gnueabihf" is for linux, arm, glibc.
function platform_of(name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> | null {
  const parts = name.split('/').at(-1)?.split('-') ?? [];
  const os = parts.find((part) => systems.has(part));
  const cpu = parts.map((part) => processors[part]).find(Boolean);
  if (!os && cpu !== 'wasm32') return null;
  const libc = parts.some((part) => part.startsWith('musl')) ? ['musl'] : parts.some((part) => part.startsWith('gnu')) ? ['glibc'] : null;
  return { ...(cpu ? { cpu: [cpu] } : {}), ...(libc && os === 'linux' ? { libc } : {}), ...(os ? { os: [os] } : {}) };
}

const file = 'package-lock.json';
const lockfile = JSON.parse(readFileSync(file, 'utf8')) as Lockfile;
const { packages } = lockfile;
let added = 0;
for (const owner of Object.values(packages)) {
  for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
    const platform = platform_of(name);
    const known = Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`));
    if (known || !platform || !/^\d/.test(version)) continue;
    packages[`node_modules/${name}`] = { version, ...platform, ...(owner.dev ? { dev: true } : {}), optional: true };
    added += 1;
  }
}
if (added > 0) {
  // npm keeps them sorted as people read them.
  lockfile.packages = Object.fromEntries(Object.entries(packages).toSorted(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync(file, `${JSON.stringify(lockfile, null, 2)}\n`);
}
console.log(`lockfile: ${added} packages of other machines named`);
