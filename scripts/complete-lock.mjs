// `npm ci` refuses a lock file in which optional packages for other systems are missing, and npm itself leaves out those
// it could not resolve on this machine. Run after every `npm install`: adds an entry for each, bound to its system.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const system =
  /(android|darwin|freebsd|openharmony|win32|linux|aix|netbsd|openbsd|sunos|wasm32)[-_]?(arm64|arm|x64|ia32|ppc64|riscv64|s390x|loong64|mips64el)?/;

/** Places where Node would look for `name` from the package at `path`. */
function candidates(path, name) {
  const parts = path.split('/node_modules/');
  const parents = parts.map((_, i) => parts.slice(0, parts.length - i).join('/node_modules/'));
  return [...parents.map((parent) => `${parent}/node_modules/${name}`), `node_modules/${name}`];
}

for (const [path, { optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    if (candidates(path, name).some((place) => lock.packages[place])) continue;
    const [, os, cpu] = system.exec(name) ?? [];
    lock.packages[`node_modules/${name}`] = {
      version: range.replace(/^[\^~]/, ''),
      optional: true,
      // A package without a system in its name must not be installed anywhere: it was never resolved.
      os: [os && os !== 'wasm32' ? os : 'none'],
      ...(cpu ? { cpu: [cpu] } : {}),
    };
    console.log(`added ${name} ${range}`);
  }
}

lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
