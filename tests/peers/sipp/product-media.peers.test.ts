import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callRows } from '../../call-rows.ts';
import { type Product, startProduct } from '../../product.ts';
import { callProduct, environment } from './product-under-test.ts';
import { openRtpEar, type RtpEar } from './rtp-ear.ts';
import { type Link, links } from './run-sipp.ts';

/** Less than sipp holds the call, and more than a busy machine swallows. */
const HELD_MS = 900;
/** Fewer packets than half a second has. */
const SOUND_PACKETS = 15;

let product: Product;
let dataDirectory: string;

beforeAll(async () => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'dialplane-sipp-product-'));
  product = await startProduct({ dataDirectory, environment });
});

afterAll(() => rmSync(dataDirectory, { recursive: true, force: true }));

/** One call over every link at once, each with an ear for its sound. */
async function overEveryLink(
  scenario: string,
  judge: (packets: RtpEar['packets']) => void,
  valuesFor: (link: Link) => Readonly<Record<string, string>> = () => ({}),
): Promise<void> {
  await Promise.all(
    links.map(async (link) => {
      const ear = await openRtpEar(link);
      const values = { ...valuesFor(link), port: String(ear.port) };
      const { errors, ...result } = await callProduct(product, link, { scenario, calls: 1, values });
      ear.close();
      const clean = { code: 0, successful: 1, failed: 0, strays: 0, retransmissions: 0, oddities: {} };
      expect({ ...link, ...result }, `${errors}\n${product.log().slice(-2000)}`).toEqual({ ...link, ...clean });
      judge(ear.packets);
    }),
  );
}

describe('sipp hears the product', () => {
  it.each([
    ['sendonly', '[media_ip]', 'recvonly'],
    ['inactive', '[media_ip]', 'inactive'],
    ['sendrecv', 'unspecified', 'recvonly'],
  ])('held by %s to %s: %s, with silence until it is taken back', async (hold, address, answer) => {
    await overEveryLink('talk-held', expectSilenceBetween, ({ host }) => {
      const unspecified = host === '[::1]' ? '::' : '0.0.0.0';
      return { hold, answer, holdAddress: address === 'unspecified' ? unspecified : address };
    });
  });

  it('in the codec of the last offer', async () => {
    await overEveryLink('talk-in-another-codec', (packets) => {
      const types = packets.map(({ payloadType }) => payloadType);
      const firstOther = types.indexOf(8);
      expect(firstOther).toBeGreaterThan(SOUND_PACKETS);
      expect(new Set(types.slice(0, firstOther))).toEqual(new Set([0]));
      expect(new Set(types.slice(firstOther))).toEqual(new Set([8]));
      expect(types.length - firstOther).toBeGreaterThan(SOUND_PACKETS);
    });
  });

  it('when the offer was left to us', async () => {
    await overEveryLink('talk-after-late-offer', (packets) =>
      expect(packets.length).toBeGreaterThan(2 * SOUND_PACKETS),
    );
  });
});

describe('the product hears sipp', () => {
  it('press keys in INFO', async () => {
    await overEveryLink('press-digits', () => {});
    expect(await product.stop()).toBe(0);
    const rows = await callRows(dataDirectory);
    const pressed = rows.filter(({ caller }) => caller === 'digits');
    expect(pressed.map(({ kinds }) => kinds.filter((kind) => kind === 'digit').length)).toEqual(links.map(() => 2));
    expect(rows.filter(({ ending }) => ending !== 'caller_hung_up')).toEqual([]);
    const held = rows.filter(({ caller }) => caller === 'held');
    const holds = held.map(({ kinds }) => kinds.filter((kind) => kind === 'hold_started' || kind === 'hold_ended'));
    expect(holds).toEqual(held.map(() => ['hold_started', 'hold_ended']));
  });
});

/** Sound, nothing at all for as long as the call was held, and sound again. */
function expectSilenceBetween(packets: RtpEar['packets']): void {
  const gaps = packets.slice(1).map(({ atMs }, at) => atMs - (packets[at]?.atMs ?? 0));
  const longestMs = Math.max(...gaps);
  expect(longestMs).toBeGreaterThan(HELD_MS);
  const before = gaps.indexOf(longestMs) + 1;
  expect(before).toBeGreaterThan(SOUND_PACKETS);
  expect(packets.length - before).toBeGreaterThan(SOUND_PACKETS);
}
