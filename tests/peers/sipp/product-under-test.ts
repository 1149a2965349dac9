import { encodeG711, sine } from '@dialplane/audio';
import type { Product } from '../../product.ts';
import { freePort } from './ports.ts';
import { type Link, runSipp, type SippOptions, type SippResult } from './run-sipp.ts';

/** Its environment: both families of addresses, and no recogniser, which these callers give nothing to understand. */
export const environment = { HOST: '::', OFFLINE_STT: 'off', LOG_LEVEL: 'warn' } as const;

/** A run of sipp that calls the number of the demo with its password. */
export async function callProduct(
  product: Product,
  link: Link,
  options: Pick<SippOptions, 'scenario' | 'calls'> & Partial<SippOptions>,
): Promise<SippResult> {
  const { sip, number, username, password } = product.demo;
  return await runSipp({
    link,
    port: await freePort(link),
    target: `${link.host}:${sip.slice(sip.lastIndexOf(':') + 1)}`,
    arguments: ['-s', number, '-au', username, '-ap', password],
    files: { 'talk.ulaw': talk() },
    ...options,
  });
}

/** A second of a tone, loud enough to be sound and nothing like speech. */
function talk(): Uint8Array {
  const samples = sine({ frequencyHz: 440, durationMs: 1000, sampleRate: 8000, levelDbfs: -20 });
  const bytes = new Uint8Array(samples.length);
  encodeG711('mu', samples, 0, samples.length, bytes, 0);
  return bytes;
}
