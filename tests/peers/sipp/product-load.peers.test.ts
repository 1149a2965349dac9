import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CallRow, callRows } from '../../call-rows.ts';
import { type Product, startProduct } from '../../product.ts';
import { callProduct, environment } from './product-under-test.ts';
import { links } from './run-sipp.ts';

const CALLS = 300;
const CALLS_PER_SECOND = 30;
const CANCELLED = 30;

let product: Product;
let dataDirectory: string;

beforeAll(async () => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'dialplane-sipp-product-'));
  product = await startProduct({ dataDirectory, environment });
});

afterAll(() => rmSync(dataDirectory, { recursive: true, force: true }));

it.each(links)(`${CALLS} calls, ${CALLS_PER_SECOND} a second, over $transport to $host: none fails`, async (link) => {
  const load = { scenario: 'talk', calls: CALLS, callsPerSecond: CALLS_PER_SECOND };
  const { errors, ...result } = await callProduct(product, link, load);
  const clean = { code: 0, successful: CALLS, failed: 0, strays: 0, retransmissions: 0, oddities: {} };
  expect(result, `${errors}\n${product.log().slice(-2000)}`).toEqual(clean);
  await settled();
});

// Over TCP 100 and 180 may come in one segment, and sipp gives up where it has a CANCEL to send between them.
const datagrams = links.filter(({ transport }) => transport === 'udp');

it.each(datagrams)('callers who give up before the answer get 487 over $transport to $host', async (link) => {
  const { errors, ...result } = await callProduct(product, link, {
    scenario: 'give-up',
    calls: CANCELLED,
    callsPerSecond: CALLS_PER_SECOND,
  });
  expect(result, errors).toMatchObject({ code: 0, successful: CANCELLED, failed: 0, strays: 0, oddities: {} });
  await settled();
});

it('leaves no call open, and a record of every one', async () => {
  expect(await product.stop()).toBe(0);
  const rows = await callRows(dataDirectory);
  expect(rows.filter(({ state }) => state !== 'ended')).toEqual([]);
  const endings = Object.groupBy(rows, ({ ending }: CallRow) => ending ?? 'none');
  expect(endings.caller_hung_up).toHaveLength(links.length * CALLS);
  // A caller who gives up before the call is stored leaves no record.
  const others = Object.keys(endings).filter((ending) => ending !== 'caller_hung_up' && ending !== 'caller_cancelled');
  expect(others).toEqual([]);
  expect(endings.caller_hung_up?.filter(({ kinds }) => kinds.at(-1) !== 'ended')).toEqual([]);
});

/** Waits until the media threads hold no call any more. */
async function settled(): Promise<void> {
  const deadlineMs = performance.now() + 10_000;
  for (;;) {
    const { parts } = await product.get<{ parts: Record<string, { detail?: string }> }>('/readyz');
    const loads = parts.telephony?.detail?.match(/media threads: (.*)$/)?.[1]?.split(', ') ?? [];
    if (loads.length > 0 && loads.every((load) => load === '0')) return;
    if (performance.now() > deadlineMs)
      throw new Error(`Calls are left on the media threads: ${parts.telephony?.detail}`);
    await sleep(100);
  }
}
