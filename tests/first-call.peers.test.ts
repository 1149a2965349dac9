import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { CallReport } from '@dialplane/simulator';
import type { CallEnd } from '@dialplane/sip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCallerNumber } from './caller-number.ts';
import { historyOf, historyWhen, sessionHistory, transcript } from './history.ts';
import { runPeer } from './peer-program.ts';
import { type HeardPacket, openPhone, type Phone } from './phone.ts';
import { type Product, root, startProduct } from './product.ts';
import { type CallerVoice, openCallerVoice } from './voice.ts';

const VOICE = 'rms';
const GREETED_WITHIN_MS = 12_000;
const ANSWERED_WITHIN_MS = 30_000;
const PACKET_MS = 20;

let product: Product;
let phone: Phone;
let caller: CallerVoice;

beforeAll(async () => {
  [product, phone, caller] = await Promise.all([startProduct(), openPhone(), openCallerVoice()]);
});

afterAll(async () => {
  await phone.close();
  await caller.close();
  expect(await product.stop()).toBe(0);
});

/** A call in which the greeting is over. */
async function greetedCall() {
  const from = newCallerNumber();
  const call = await phone.dial({ demo: product.demo, from });
  await call.silenceAfterSpeech(call.answeredAtMs, GREETED_WITHIN_MS);
  return { call, from };
}

describe('npm run call without arguments', () => {
  it('has three turns with right answers, and the history holds the same words in the same order with times', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'dialplane-call-'));
    const file = join(directory, 'report.json');
    const run = await runPeer(process.execPath, [join(root, 'scripts', 'dialplane.mjs'), 'call', '--json', file], {
      directory,
      withinMs: 100_000,
      environment: { DATA_DIR: product.dataDirectory },
    });
    expect(run.code, run.said).toBe(0);
    const report: CallReport = JSON.parse(readFileSync(file, 'utf8'));
    rmSync(directory, { recursive: true, force: true });

    expect(report.outcome, run.said).toBe('complete');
    expect(report.turns).toHaveLength(3);
    for (const turn of report.turns) expect(turn.agentText ?? '', run.said).toMatch(rightAnswerTo(turn.said));

    const items = await sessionHistory(product, report.sessionId ?? '');
    const agent = items.filter(({ event }) => event.sender.type === 'ai').map(({ event }) => event.content.text);
    const spoken = [report.greeting?.text, ...report.turns.map(({ agentText }) => agentText)].join(' ');
    expect(agent.join(' ')).toBe(spoken);
    const contact = items.filter(({ event }) => event.sender.type === 'contact');
    expect(contact).toHaveLength(3);
    const times = items.map(({ created_at }) => Date.parse(created_at));
    expect(times).not.toContain(Number.NaN);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(items.map(({ event }) => event.sender.type)).toEqual([
      'ai',
      'contact',
      'ai',
      'contact',
      'ai',
      'contact',
      'ai',
    ]);
  });
});

/** What an answer to one of the command's own questions must hold. */
function rightAnswerTo(said: string): RegExp {
  if (/person/i.test(said)) return /person/i;
  if (/open/i.test(said)) return /7 am/;
  if (/deliver/i.test(said)) return /deliver/i;
  if (/goodbye/i.test(said)) return /goodbye/i;
  throw new Error(`The test does not know what a right answer to "${said}" is.`);
}

describe('a caller who says nothing', () => {
  it('is asked twice whether they are still there, then the call ends for silence', async () => {
    const { call, from } = await greetedCall();
    const end = await call.ended;
    expect(end.by).toBe('remote');
    expect(reasonText(end)).toMatch(/stayed silent/);
    const lines = transcript(await historyWhen(product, from, (items) => items.length >= 4));
    expect(lines.filter((line) => /are you still there\?/i.test(line))).toHaveLength(2);
    expect(lines.filter((line) => line.startsWith('contact:'))).toEqual([]);
    expect(lines.at(-1)).toMatch(/goodbye/i);
  });
});

describe('a caller who speaks while the agent does', () => {
  /** The contract's bound for the 95th percentile; of five none may miss it. */
  const STOPPED_WITHIN_MS = 350;
  /** After the answer's first sound; spread, so that not all of them meet the pause between the same two words. */
  const BARGE_INS_AFTER_MS = [900, 1200, 1800, 2200, 2600];

  it('makes it stop within 350 ms of their first sound on the wire, and what was not heard is not stored', async () => {
    const { call, from } = await greetedCall();
    const question = await caller.speak('What are your opening hours?', VOICE);
    const interruption = await caller.speak('Wait, how much does a gift card cost?', VOICE);
    const onset = firstSoundMs(interruption);
    const stopsMs: number[] = [];
    for (const afterMs of BARGE_INS_AFTER_MS) {
      const { toMs } = await call.play(question);
      expect(await call.speechSince(toMs, ANSWERED_WITHIN_MS)).not.toBeNull();
      await sleep(afterMs);
      const { fromMs, toMs: spokenMs } = await call.play(interruption);
      stopsMs.push(lastSpeechMs(call.packets, fromMs + onset, spokenMs) - (fromMs + onset));
      await call.silenceAfterSpeech(spokenMs, ANSWERED_WITHIN_MS);
      await sleep(300);
    }
    await call.hangup();
    console.log(`The agent's speech stopped ${stopsMs.map(Math.round).join(', ')} ms after the caller's onset.`);
    for (const stopMs of stopsMs) expect(stopMs).toBeLessThanOrEqual(STOPPED_WITHIN_MS);

    const items = await historyOf(product, from);
    const interrupted = items.filter(({ event }) => event.sender.type === 'ai' && event.context.interrupted === true);
    expect(interrupted.length, transcript(items).join('\n')).toBeGreaterThanOrEqual(BARGE_INS_AFTER_MS.length);
    // The whole answer takes far longer than what was let through.
    const whole = 'From Monday to Friday we open at 7 am and close at 6 pm. On Saturday we open at 8 am';
    for (const { event } of interrupted) expect(event.content.text.length).toBeLessThan(whole.length);
  });
});

describe('a goodbye', () => {
  it('ends the call from the side of the agent once it is spoken', async () => {
    const { call, from } = await greetedCall();
    await call.play(await caller.speak('Goodbye.', VOICE));
    const end = await Promise.race([call.ended, sleep(ANSWERED_WITHIN_MS, null)]);
    expect(end, transcript(await historyOf(product, from)).join('\n')).toMatchObject({ by: 'remote' });
    expect(end && reasonText(end)).toMatch(/goodbye/i);
    const lines = transcript(await historyWhen(product, from, (items) => /bye/i.test(transcript(items).at(-1) ?? '')));
    expect(lines.at(-1)).toMatch(/^ai: .*bye/i);
  });

  it('is taken back when the caller speaks during it', async () => {
    const { call, from } = await greetedCall();
    const afterthought = await caller.speak('How much does delivery cost?', VOICE);
    const { toMs } = await call.play(await caller.speak('Goodbye.', VOICE));
    expect(await call.speechSince(toMs, ANSWERED_WITHIN_MS)).not.toBeNull();
    const { toMs: spokenMs } = await call.play(afterthought);
    await call.silenceAfterSpeech(spokenMs, ANSWERED_WITHIN_MS);
    expect(call.endedAtMs(), transcript(await historyOf(product, from)).join('\n')).toBeNull();
    await call.hangup();
    const lines = transcript(
      await historyWhen(product, from, (all) => transcript(all).some((line) => /dollars/.test(line))),
    );
    expect(lines.filter((line) => line.startsWith('contact:')).join(' '), lines.join('\n')).toMatch(/goodbye/i);
    expect(lines.filter((line) => line.startsWith('ai:')).join(' ')).toMatch(/6 dollars/);
  });
});

/** What the server's BYE says to people about its cause. */
function reasonText({ reason = [] }: CallEnd): string {
  return reason.map(({ text }) => text ?? '').join(' ');
}

/** Where a sound begins to be loud, in milliseconds. */
function firstSoundMs(samples: Int16Array): number {
  return samples.findIndex((sample) => Math.abs(sample) > 500) / 8;
}

/** The end of the agent's last speech while the caller spoke, so that a pause between its words is not taken for the end. */
function lastSpeechMs(packets: readonly HeardPacket[], onsetMs: number, spokenMs: number): number {
  const last = packets.findLast(({ atMs, speech }) => speech && atMs >= onsetMs && atMs <= spokenMs);
  return last ? last.atMs + PACKET_MS : onsetMs;
}
