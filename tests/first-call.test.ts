import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { medianPitchHz } from '@dialplane/audio';
import { sharedNowMs } from '@dialplane/rtp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callRows } from './call-rows.ts';
import { newCallerNumber } from './caller-number.ts';
import { historyWhen, transcript } from './history.ts';
import { openPhone, type Phone, speechMs } from './phone.ts';
import { type Product, startAndFail, startProduct } from './product.ts';

/** Without recogniser: what every machine can do. */
const environment = { OFFLINE_STT: 'off' };
/** The pitch of the agent's voice, slt, and how far sentences differ from it. */
const SLT_HZ = { from: 145, to: 195 };
/** Most of the greeting. */
const LISTEN_MS = 4000;
/** At least; a loaded machine begins late. */
const SPEECH_MS = 1000;
/** Greeting, the notice that there is a menu, and its first choice; the whole menu takes half a minute more. */
const FIRST_CHOICE_MS = 13_000;
/** A part of the greeting; and all of it, with what is written behind the call. */
const MID_GREETING_MS = 2500;
const GREETED_MS = 6000;
/** All tests run at once, some start products of their own, and others may use the machine. */
const TEST_WITHIN_MS = 90_000;

let product: Product;
let phone: Phone;

beforeAll(async () => {
  [product, phone] = await Promise.all([startProduct({ environment }), openPhone()]);
});

afterAll(async () => {
  await phone.close();
  expect(await product.stop()).toBe(0);
});

describe.concurrent('a product without recogniser', () => {
  it.for(['udp', 'tcp'] as const)(
    'answers over %s and greets in the voice of the agent',
    async (transport, { expect }) => {
      const call = await phone.dial({ demo: product.demo, from: newCallerNumber(), transport });
      await sleep(LISTEN_MS);
      const listenedMs = sharedNowMs() - (call.packets[0]?.atMs ?? 0);
      await call.hangup();

      expect(speechMs(call.packets)).toBeGreaterThan(SPEECH_MS);
      const pitchHz = medianPitchHz(call.heardSince(call.answeredAtMs), 8000);
      expect(pitchHz).toBeGreaterThan(SLT_HZ.from);
      expect(pitchHz).toBeLessThan(SLT_HZ.to);
      // A packet every 20 ms: a sender that waits for the caller, or stops in pauses, is far outside of these bounds.
      expect(call.packets.length).toBeGreaterThan((listenedMs / 20) * 0.9);
      expect(call.packets.length).toBeLessThan((listenedMs / 20) * 1.1);
    },
  );

  it('offers the knowledge on the keypad and reads the chosen article', { timeout: TEST_WITHIN_MS }, async ({
    expect,
  }) => {
    const from = newCallerNumber();
    const call = await phone.dial({ demo: product.demo, from });
    await sleep(FIRST_CHOICE_MS);
    const pressedMs = sharedNowMs();
    call.press('1');
    await sleep(LISTEN_MS);
    await call.hangup();
    expect(speechMs(call.packets.filter(({ atMs }) => atMs > pressedMs))).toBeGreaterThan(SPEECH_MS);

    const items = await historyWhen(product, from, (all) => all.length >= 5);
    expect(transcript(items)).toEqual([
      'ai: Hello, and thank you for calling Willow Lane Bakery. How can I help you?',
      expect.stringMatching(/^ai: .*keypad/),
      'contact: Pressed 1',
      expect.stringMatching(/^ai: For opening hours, press 1\./),
      expect.stringMatching(/^ai: From Monday to Friday we open at 7 am/),
    ]);
    const times = items.map((item) => Date.parse(item.created_at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(items.map(({ event }) => event.context.call_id)).size).toBe(1);
  });

  it('refuses a wrong password with 403', async ({ expect }) => {
    const dialling = phone.dial({ demo: product.demo, from: newCallerNumber(), password: 'not the password' });
    await expect(dialling).rejects.toMatchObject({ name: 'CallRefused', status: 403 });
  });

  it('is alone on its data directory: a second start is refused with a sentence that names the cause', async ({
    expect,
  }) => {
    const { code, said } = await startAndFail(product.dataDirectory);
    expect(code).not.toBe(0);
    expect(said).toMatch(/The data directory .* is in use by process \d+\. Stop that server first/);
  });

  it('hangs up and writes down why when it is told to stop in mid-call', { timeout: TEST_WITHIN_MS }, async ({
    expect,
    onTestFinished,
  }) => {
    const dataDirectory = temporaryDirectory(onTestFinished);
    const stopped = await startProduct({ environment, dataDirectory });
    const from = newCallerNumber();
    const call = await phone.dial({ demo: stopped.demo, from });
    await sleep(MID_GREETING_MS);
    expect(await stopped.stop()).toBe(0);
    expect((await call.ended).by).toBe('remote');

    const [row] = await callRows(dataDirectory);
    expect(row).toMatchObject({ caller: from, state: 'ended', ending: 'ended_by_person', ended_by: 'us' });
    // What had been said until then is kept.
    expect(row?.kinds).toContain('agent_spoke');
    expect(row?.kinds.at(-1)).toBe('ended');
  });

  it('ends the record of a call that was lost when it was killed at its next start', {
    timeout: TEST_WITHIN_MS,
  }, async ({ expect, onTestFinished }) => {
    const dataDirectory = temporaryDirectory(onTestFinished);
    const killed = await startProduct({ environment, dataDirectory });
    const from = newCallerNumber();
    await phone.dial({ demo: killed.demo, from });
    await sleep(GREETED_MS);
    await killed.kill();

    const next = await startProduct({ environment, dataDirectory });
    const items = await historyWhen(next, from, (all) => all.length > 0);
    expect(await next.stop()).toBe(0);
    expect(transcript(items)[0]).toMatch(/^ai: Hello, and thank you/);
    expect(await callRows(dataDirectory)).toMatchObject([{ caller: from, state: 'ended', ending: 'node_lost' }]);
  });
});

function temporaryDirectory(onTestFinished: (remove: () => void) => void): string {
  const directory = mkdtempSync(join(tmpdir(), 'dialplane-stopped-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
