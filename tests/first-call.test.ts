import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { medianPitchHz } from '@dialplane/audio';
import { sharedNowMs } from '@dialplane/rtp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callRows } from './call-rows.ts';
import { newCallerNumber } from './caller-number.ts';
import { type HistoryItem, historyWhen, transcript } from './history.ts';
import { openPhone, type Phone, speechMs } from './phone.ts';
import { type Product, startAndFail, startProduct } from './product.ts';

/** Without recogniser: what every machine can do. */
const environment = { OFFLINE_STT: 'off' };

/** The pitch of the agent's voice, slt, and how far sentences differ from it. */
const SLT_HZ = { from: 145, to: 195 };

describe('a call to a product without recogniser', () => {
  let product: Product;
  let phone: Phone;

  beforeAll(async () => {
    [product, phone] = await Promise.all([startProduct({ environment }), openPhone()]);
  });

  afterAll(async () => {
    await phone.close();
    expect(await product.stop()).toBe(0);
  });

  it.each(['udp', 'tcp'] as const)('is answered over %s and greeted in the voice of the agent', async (transport) => {
    const call = await phone.dial({ demo: product.demo, from: newCallerNumber(), transport });
    const spokeMs = await call.speechSince(call.answeredAtMs, 3000);
    await call.silenceAfterSpeech(call.answeredAtMs, 12_000);
    await call.hangup();

    expect(spokeMs).not.toBeNull();
    expect(speechMs(call.packets)).toBeGreaterThan(1500);
    const pitchHz = medianPitchHz(call.heardSince(call.answeredAtMs), 8000);
    expect(pitchHz).toBeGreaterThan(SLT_HZ.from);
    expect(pitchHz).toBeLessThan(SLT_HZ.to);
  });

  it('sends a packet every 20 ms from the answer on, in speech and in pauses', async () => {
    const call = await phone.dial({ demo: product.demo, from: newCallerNumber() });
    await call.silenceAfterSpeech(call.answeredAtMs, 12_000);
    const lastedMs = sharedNowMs() - (call.packets[0]?.atMs ?? 0);
    await call.hangup();
    // Bounds, not a speed test: a sender that waits for the caller or stops in pauses is far outside.
    expect(call.packets.length).toBeGreaterThan((lastedMs / 20) * 0.9);
    expect(call.packets.length).toBeLessThan((lastedMs / 20) * 1.1 + 5);
  });

  it('offers the knowledge on the keypad and reads the chosen article', async () => {
    const from = newCallerNumber();
    const call = await phone.dial({ demo: product.demo, from });
    await call.silenceAfterSpeech(call.answeredAtMs, 30_000);
    const pressedMs = sharedNowMs();
    call.press('1');
    const answeredMs = await call.speechSince(pressedMs + 400, 4000);
    await call.silenceAfterSpeech(pressedMs + 400, 40_000);
    await call.hangup();
    expect(answeredMs).not.toBeNull();

    const items = await historyWhen(product, from, (all) => saying(all, 'monday').length > 0);
    const said = transcript(items);
    expect(said[0]).toBe('ai: Hello, and thank you for calling Willow Lane Bakery. How can I help you?');
    const notice = said.findIndex((line) => /^ai: .*keypad/i.test(line));
    const menu = said.findIndex((line) => /^ai: .*opening hours, press 1/i.test(line));
    const digit = said.findIndex((line) => /^contact: pressed 1$/i.test(line));
    const article = said.findIndex((line) => /^ai: .*7 am/i.test(line));
    expect(notice, said.join('\n')).toBeGreaterThan(0);
    expect(menu, said.join('\n')).toBeGreaterThanOrEqual(notice);
    expect(digit, said.join('\n')).toBeGreaterThan(menu);
    expect(article, said.join('\n')).toBeGreaterThan(digit);
    const times = items.map((item) => Date.parse(item.created_at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(items.map(({ event }) => event.context.call_id)).size).toBe(1);
  });

  it('refuses a wrong password with 403', async () => {
    const dialling = phone.dial({ demo: product.demo, from: newCallerNumber(), password: 'not the password' });
    await expect(dialling).rejects.toMatchObject({ name: 'CallRefused', status: 403 });
  });

  it('refuses a second start on the same data directory with a sentence that names the cause', async () => {
    const { code, said } = await startAndFail(product.dataDirectory);
    expect(code).not.toBe(0);
    expect(said).toMatch(/data directory .* is in use by process \d+/i);
  });
});

describe('a product that stops in mid-call', () => {
  let dataDirectory: string;
  let phone: Phone;

  beforeAll(async () => {
    dataDirectory = mkdtempSync(join(tmpdir(), 'dialplane-stopped-'));
    phone = await openPhone();
  });

  afterAll(async () => {
    await phone.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  it('hangs up and writes down why when it is told to stop', async () => {
    const product = await startProduct({ environment, dataDirectory });
    const from = newCallerNumber();
    const call = await phone.dial({ demo: product.demo, from });
    await call.speechSince(call.answeredAtMs, 3000);
    expect(await product.stop()).toBe(0);
    expect((await call.ended).by).toBe('remote');

    const row = (await callRows(dataDirectory)).find(({ caller }) => caller === from);
    expect(row).toMatchObject({ state: 'ended', ending: 'ended_by_person', ended_by: 'us' });
    expect(row?.kinds.at(-1)).toBe('ended');
    // What had been said until then is kept.
    expect(row?.kinds).toContain('agent_spoke');
  });

  it('ends the record of a call that was lost with a killed process at the next start', async () => {
    const killed = await startProduct({ environment, dataDirectory });
    const from = newCallerNumber();
    const call = await phone.dial({ demo: killed.demo, from });
    await call.silenceAfterSpeech(call.answeredAtMs, 30_000);
    await killed.kill();

    const next = await startProduct({ environment, dataDirectory });
    const items = await historyWhen(next, from, (all) => all.length > 0);
    expect(await next.stop()).toBe(0);
    expect(transcript(items)[0]).toMatch(/^ai: Hello, and thank you/);
    const row = (await callRows(dataDirectory)).find(({ caller }) => caller === from);
    expect(row).toMatchObject({ state: 'ended', ending: 'node_lost' });
  });
});

function saying(items: readonly HistoryItem[], word: string): HistoryItem[] {
  return items.filter(({ event }) => event.content.text.toLowerCase().includes(word));
}
