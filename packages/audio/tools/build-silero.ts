/**
 * Compiles src/silero/assembly to src/silero/silero.wasm and records what it was made from, so that a test can tell when
 * one was changed without the other. Run it from anywhere: node packages/audio/tools/build-silero.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { buildRecord } from './silero-build-record.ts';

const silero = new URL('../src/silero/', import.meta.url);
const { error, stderr } = await asc.main([
  fileURLToPath(new URL('assembly/index.ts', silero)),
  '--outFile',
  fileURLToPath(new URL('silero.wasm', silero)),
  '-O3',
  '--enable',
  'simd',
  '--runtime',
  'stub',
  '--noAssert',
]);
if (error !== null) throw new Error(stderr.toString(), { cause: error });

const record = buildRecord(silero);
writeFileSync(new URL('silero-build.json', silero), `${JSON.stringify(record, null, 2)}\n`);
process.stdout.write(`silero.wasm: ${readFileSync(new URL('silero.wasm', silero)).length} bytes\n`);
