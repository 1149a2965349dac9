import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeWav, readWav, sine, toneLevelDbfs } from '@dialplane/audio';
import { createFliteSynthesiser } from '@dialplane/speech';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallerEvent, type CallOptions, placeCall } from '../src/index.ts';
import { type AgentOptions, credentials, GREETING_HZ, REPLY_HZ, startAnsweringAgent } from './answering-agent.ts';

const SPEECH_HZ = 700;

let synthesiser: Awaited<ReturnType<typeof createFliteSynthesiser>>;
let directory: string;

beforeAll(async () => {
  synthesiser = await createFliteSynthesiser();
  directory = await mkdtemp(join(tmpdir(), 'dialplane-caller-'));
});

afterAll(async () => {
  await synthesiser.close();
  await rm(directory, { recursive: true });
});

/** A recording of 300 ms of tone with 500 ms of silence after it. */
async function recordedLine(sampleRate = 8000): Promise<string> {
  const speech = sine({ frequencyHz: SPEECH_HZ, sampleRate, durationMs: 300, levelDbfs: -20 });
  const samples = new Int16Array(sampleRate * 0.8);
  samples.set(speech);
  const path = join(directory, `line-${sampleRate}.wav`);
  await writeFile(path, encodeWav({ sampleRate, channels: [samples] }));
  return path;
}

async function callAgent(agentOptions: AgentOptions, options: Partial<CallOptions>) {
  const agent = await startAnsweringAgent(agentOptions);
  const events: CallerEvent[] = [];
  try {
    const report = await placeCall({
      server: agent.server,
      transport: 'udp',
      to: '+12025550100',
      from: '+12025550199',
      credentials,
      lines: [],
      synthesiser,
      voice: 'rms',
      timeoutMs: 15_000,
      onEvent: (event) => events.push(event),
      ...options,
    });
    return { agent, report, events };
  } finally {
    await agent.close();
  }
}

test.concurrent('two lines, two replies, and the latency the agent itself measured', async () => {
  const wav = await recordedLine();
  const { agent, report, events } = await callAgent({}, { lines: [{ wav }, { wav }] });
  expect(report).toMatchObject({
    outcome: 'complete',
    to: '+12025550100',
    transport: 'udp',
    ending: { by: 'caller', status: null, sentence: 'The caller hung up after the last reply.' },
  });
  expect(report.turns).toHaveLength(2);
  expect(report.turns.map(({ replied }) => replied)).toEqual([true, true]);
  for (const [i, { latencyMs, agentSpeechMs }] of report.turns.entries()) {
    const measuredMs = agent.repliedAfterMs[i] ?? 0;
    expect(measuredMs).toBeGreaterThanOrEqual(400);
    // Both ends see the same packets; a busy machine hands one over some milliseconds late. The line's tail of 500 ms, or a
    // packet's place in the stream counted wrong, would be far outside.
    expect(Math.abs((latencyMs ?? 0) - measuredMs)).toBeLessThan(60);
    expect(Math.abs(agentSpeechMs - 400)).toBeLessThan(100);
  }
  expect(report.greeting?.speechMs).toBeGreaterThan(250);
  expect(report.latency?.p50Ms).toBe(Math.min(...report.turns.map(({ latencyMs }) => latencyMs ?? 0)));
  expect(report.setup.inviteToRingingMs).toBeGreaterThan(0);
  expect(report.setup.inviteToAnswerMs).toBeGreaterThanOrEqual(report.setup.inviteToRingingMs ?? 0);
  expect(report.setup.answerToFirstSpeechMs).not.toBeNull();
  expect(report.packets.sent).toBeGreaterThan(100);
  expect(report.packets.received).toBeGreaterThan(100);
  expect(events.map(({ type }) => type)).toEqual([
    'ringing',
    'answered',
    'greeted',
    'saying',
    'turn_over',
    'saying',
    'turn_over',
  ]);
  expect(agent.callsOver).toBe(1);
});

test.concurrent('the recording holds the caller on the left, the agent on the right, on one clock', async () => {
  const output = join(directory, 'call.wav');
  const { agent, report } = await callAgent({}, { lines: [{ wav: await recordedLine(16_000) }], output });
  const { sampleRate, channels } = readWav(await readFile(output));
  const [left, right] = channels;
  expect(sampleRate).toBe(8000);
  if (!left || !right) expect.unreachable('two channels');

  const levels = (channel: Int16Array) =>
    [SPEECH_HZ, GREETING_HZ, REPLY_HZ].map((hz) => {
      let loudest = -100;
      for (let at = 0; at + 800 <= channel.length; at += 160) {
        loudest = Math.max(loudest, toneLevelDbfs(channel.subarray(at, at + 800), 8000, hz));
      }
      return loudest > -30;
    });
  expect(levels(left)).toEqual([true, false, false]);
  expect(levels(right)).toEqual([false, true, true]);

  // The pause between line and reply is in the recording as it was measured on the wire.
  const last = left.findLastIndex((sample) => Math.abs(sample) > 500);
  const first = right.findIndex((sample, i) => i > last && Math.abs(sample) > 500);
  const latencyMs = report.turns[0]?.latencyMs ?? 0;
  expect(Math.abs((first - last) / 8 - latencyMs)).toBeLessThan(80);
  expect(agent.repliedAfterMs).toHaveLength(1);
});

test.concurrent('over TCP, spoken, with keys after it: the keys arrive and both get a reply', async () => {
  const lines = [{ say: 'Hello there.' }, { digits: '1#' }];
  const { agent, report } = await callAgent({}, { transport: 'tcp', lines });
  expect(report.outcome).toBe('complete');
  expect(agent.digits.join('')).toBe('1#');
  expect(report.turns.map(({ kind, said, replied }) => [kind, said, replied])).toEqual([
    ['say', 'Hello there.', true],
    ['digits', '1#', true],
  ]);
});

test.concurrent('noise lies under everything that is said', async () => {
  const output = join(directory, 'noisy.wav');
  const noise = { kind: 'white', snrDb: 20, seed: 7 } as const;
  // The agent never hears silence, so it replies to nothing; keys end the wait.
  const { report } = await callAgent({ replies: 0 }, { lines: [], noise, output });
  expect(report.outcome).toBe('complete');
  const [left] = readWav(await readFile(output)).channels;
  const quiet = left?.subarray(1600, 4800) ?? new Int16Array(1);
  const rms = Math.sqrt(quiet.reduce((sum, sample) => sum + sample * sample, 0) / quiet.length);
  expect(20 * Math.log10(rms / 0x8000)).toBeCloseTo(-40, 0);
});

test.concurrent('an agent that hangs up after its last reply completes the call', async () => {
  const { report } = await callAgent({ replies: 1, hangUpAfterMs: 100 }, { lines: [{ wav: await recordedLine() }] });
  expect(report).toMatchObject({ outcome: 'complete', ending: { by: 'agent', sentence: 'The agent hung up.' } });
  expect(report.turns[0]?.agentSpeechMs).toBeGreaterThan(300);
});

test.concurrent('an agent that hangs up too early leaves lines without reply', async () => {
  const wav = await recordedLine();
  const { report } = await callAgent({ replies: 1, hangUpAfterMs: 100 }, { lines: [{ wav }, { wav }, { wav }] });
  expect(report).toMatchObject({
    outcome: 'no_reply',
    ending: { by: 'agent', sentence: 'The agent hung up; lines left unsaid: 2.' },
  });
});

test.concurrent('an agent that does not reply is told apart from one that does not answer', async () => {
  const lines = [{ wav: await recordedLine() }];
  const { report, events } = await callAgent({ replies: 0 }, { lines, replyWithinMs: 1000 });
  expect(report.outcome).toBe('no_reply');
  expect(report.turns).toEqual([expect.objectContaining({ replied: false, latencyMs: null, agentSpeechMs: 0 })]);
  expect(report.ending.sentence).toMatch(/did not reply in 1 s/);
  expect(events.at(-1)).toMatchObject({ type: 'turn_over', turn: { replied: false } });
});

test.concurrent('a refusal has its status and a next step', async () => {
  const { report } = await callAgent({ refuseWith: 404 }, { lines: [] });
  expect(report).toMatchObject({ outcome: 'not_answered', ending: { by: 'server', status: 404 }, turns: [] });
  expect(report.ending.sentence).toMatch(/^Not answered: 404 .*Check --to/);
});

test.concurrent('a wrong password is a refusal', async () => {
  const { report } = await callAgent({}, { credentials: { username: 'trunk', password: 'wrong' } });
  expect(report).toMatchObject({ outcome: 'not_answered', ending: { by: 'server', status: 403 } });
});

test.concurrent('a phone that only rings is given up at the deadline', async () => {
  const { report } = await callAgent({ onlyRings: true }, { timeoutMs: 500 });
  expect(report).toMatchObject({ outcome: 'not_answered', ending: { by: 'deadline' } });
  expect(report.setup.inviteToRingingMs).not.toBeNull();
});

test.concurrent('an interrupted call is hung up', async () => {
  const interrupt = new AbortController();
  const { report, agent } = await callAgent(
    {},
    {
      lines: [{ say: 'Hello.' }],
      signal: interrupt.signal,
      onEvent: ({ type }) => {
        if (type === 'greeted') interrupt.abort();
      },
    },
  );
  expect(report).toMatchObject({ outcome: 'no_reply', ending: { sentence: 'The call was interrupted.' } });
  expect(agent.callsOver).toBe(1);
});

test.concurrent("the agent's words come from the API, without those of earlier calls", async () => {
  const session = 'c9a0c2a4-6a0c-4c37-9b0d-0d6f5a3b7e11';
  const item = (id: string, sender: string, text: string) => ({
    id,
    created_at: new Date().toISOString(),
    event: { type: 'message', sender: { type: sender, name: null }, content: { type: 'text', text } },
  });
  const items = [item('1', 'ai', 'Words of an earlier call.')];
  const asked: (string | undefined)[] = [];
  const api = createServer((request, response) => {
    asked.push(request.headers.authorization);
    // Two pages: all but the last item, and the last one.
    const isFirst = !request.url?.includes('cursor=');
    const page = isFirst ? items.slice(0, -1) : items.slice(-1);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ items: page, next: isFirst ? 'more' : null }));
  });
  await new Promise<void>((resolve) => {
    api.listen(0, '127.0.0.1', resolve);
  });
  const { port } = api.address() as AddressInfo;

  const { report } = await callAgent(
    { sessionId: session },
    {
      lines: [{ wav: await recordedLine() }],
      history: { url: `http://127.0.0.1:${port}`, apiKey: 'key' },
      onEvent: ({ type }) => {
        if (type === 'answered') setTimeout(() => items.push(item('2', 'ai', 'Hello, how can I help?')), 300);
        if (type === 'saying')
          items.push(item('3', 'contact', 'Beep.'), item('4', 'ai', 'A beep,'), item('5', 'ai', 'I see.'));
      },
    },
  );
  api.close();
  expect(report.sessionId).toBe(session);
  expect(report.greeting?.text).toBe('Hello, how can I help?');
  expect(report.turns[0]?.agentText).toBe('A beep, I see.');
  expect(new Set(asked)).toEqual(new Set(['Bearer key']));
});

test.concurrent('nothing listens there: the caller says so and does not hang', async () => {
  const report = await placeCall({
    server: { host: '127.0.0.1', port: 9 },
    transport: 'tcp',
    to: '1',
    from: '2',
    lines: [],
    synthesiser,
    voice: 'rms',
    timeoutMs: 10_000,
  });
  expect(report.outcome).toBe('not_answered');
  expect(report.ending.sentence).toMatch(/Check that (it|the server) is running/);
});

test.concurrent('a server name that does not exist is a sentence', async () => {
  const call = callAgent({}, { server: { host: 'sip.invalid', port: 5060 } });
  await expect(call).rejects.toThrow(/no way to sip\.invalid from here .*Check the address/);
});
