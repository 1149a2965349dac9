import { readFileSync } from 'node:fs';
import { decodeG711 } from '../../src/index.ts';

/** A spoken sentence of the fixtures at 8 kHz, about -22 dBFS. */
export function sentence(name: string): Int16Array {
  const payload = readFileSync(new URL(`../fixtures/speech/${name}.ulaw`, import.meta.url));
  const samples = new Int16Array(payload.length);
  decodeG711('mu', payload, 0, payload.length, samples, 0);
  return samples;
}

/** The sounds one after the other; a number is silence in ms at 8 kHz. */
export function inTurn(...parts: readonly (Int16Array | number)[]): Int16Array {
  return Int16Array.from(parts.flatMap((part) => [...(typeof part === 'number' ? new Int16Array(part * 8) : part)]));
}

export function mixed(a: Int16Array, b: Int16Array): Int16Array {
  return a.map((sample, i) => Math.max(-32768, Math.min(32767, sample + (b[i] ?? 0))));
}

/** How alike two sounds are when `b` is moved by the given number of samples: 1 is the same but for its level. */
export function likeness(a: Int16Array, b: Int16Array, moved: number): number {
  let product = 0;
  let powerA = 0;
  let powerB = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i] ?? 0;
    const y = b[i + moved] ?? 0;
    product += x * y;
    powerA += x * x;
    powerB += y * y;
  }
  return product / Math.sqrt(powerA * powerB);
}
