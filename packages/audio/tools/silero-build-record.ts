import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

export interface BuildRecord {
  readonly source: string;
  readonly wasm: string;
  readonly weights: string;
}

/** SHA-256 of the AssemblyScript sources in `src/silero/` (names and contents, sorted), of the module and the weights. */
export function buildRecord(silero: URL): BuildRecord {
  const assembly = new URL('assembly/', silero);
  const source = createHash('sha256');
  for (const name of readdirSync(assembly).sort())
    source.update(`${name}\n`).update(readFileSync(new URL(name, assembly)));
  const hashOf = (name: string) =>
    createHash('sha256')
      .update(readFileSync(new URL(name, silero)))
      .digest('hex');
  return { source: source.digest('hex'), wasm: hashOf('silero.wasm'), weights: hashOf('weights.bin') };
}
