// Fails when a room imports what the architecture does not allow, or reaches past another room's index.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Room -> rooms it may import (docs/decisions/0001-rooms.md). */
const allowed = {
  sip: [],
  rtp: [],
  audio: [],
  speech: ['audio'],
  conversation: ['audio', 'speech'],
  calls: ['sip', 'rtp', 'audio', 'speech', 'conversation'],
  server: ['sip', 'rtp', 'audio', 'speech', 'conversation', 'calls'],
  client: [],
  simulator: ['sip', 'rtp', 'audio', 'speech'],
};

const packages = fileURLToPath(new URL('../packages/', import.meta.url));
const specifiers = /(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;
const faults = [];

for (const room of Object.keys(allowed)) {
  const home = join(packages, room);
  for (const entry of readdirSync(home, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(ts|mjs)$/.test(entry.name) || entry.parentPath.includes('node_modules')) continue;
    const file = join(entry.parentPath, entry.name);
    // Tests may use any room's index: a test of a room often needs a peer built from another.
    const isTest = relative(home, file).startsWith(`tests${sep}`);
    for (const [, specifier] of readFileSync(file, 'utf8').matchAll(specifiers)) {
      const where = relative(packages, file);
      if (specifier.startsWith('@dialplane/')) {
        const [, target, ...deeper] = specifier.split('/');
        if (deeper.length > 0) faults.push(`${where}: imports ${specifier}; use the index of @dialplane/${target}`);
        if (!isTest && target !== room && !allowed[room].includes(target))
          faults.push(`${where}: ${room} may not import ${target}`);
      } else if (specifier.startsWith('.') && !resolve(file, '..', specifier).startsWith(home + sep)) {
        faults.push(`${where}: ${specifier} leaves the room; import the package by name`);
      }
    }
  }
}

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
