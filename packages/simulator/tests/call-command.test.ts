import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readWav } from '@dialplane/audio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCallCommand } from '../src/cli/call-command.ts';
import { type AgentOptions, credentials, startAnsweringAgent } from './answering-agent.ts';

const command = fileURLToPath(new URL('../src/cli/call.ts', import.meta.url));

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'dialplane-call-'));
});

afterAll(() => rm(directory, { recursive: true }));

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command in this process. */
async function run(argv: readonly string[], dataDirectory = directory): Promise<Run> {
  let [out, err] = ['', ''];
  const code = await runCallCommand(argv, {
    dataDirectory,
    signal: new AbortController().signal,
    print(line) {
      out += `${line}\n`;
    },
    complain(line) {
      err += `${line}\n`;
    },
  });
  return { code, out, err };
}

/** The command as people run it. */
function runProcess(argv: readonly string[], dataDirectory: string): Promise<Run> {
  return new Promise((resolve) => {
    const env = { ...process.env, DATA_DIR: dataDirectory };
    execFile(process.execPath, [command, ...argv], { env, timeout: 25_000 }, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, out, err });
    });
  });
}

async function callAgent(options: AgentOptions, argv: readonly string[]): Promise<Run> {
  const agent = await startAnsweringAgent(options);
  const { host, port } = agent.server;
  const login = ['--user', credentials.username, '--password', credentials.password];
  try {
    return await run(['--server', `${host}:${port}`, '--to', '+12025550100', ...login, ...argv]);
  } finally {
    await agent.close();
  }
}

describe.concurrent('npm run call', () => {
  test('prints the conversation with its latency, writes report and recording, ends with 0', async () => {
    const [json, output] = [join(directory, 'report.json'), join(directory, 'call.wav')];
    const { code, out, err } = await callAgent({}, [
      ...['--say', 'Are you there?', '--digits', '5', '--json', json, '--output', output],
      ...['--noise', 'babble', '--snr', '40', '--voice', 'awb'],
    ]);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Calling \+12025550100 at 127\.0\.0\.1:\d+ over UDP\.\nRinging after \d+ ms\.\nAnswered after \d+ ms\.\n\n/,
    );
    expect(out).toMatch(
      /Agent: \(agent spoke 0\.\d s\)\nYou: {3}Are you there\?\nAgent: \(agent spoke 0\.4 s\) {3}\[\d+ ms\]\n/,
    );
    expect(out).toMatch(/You: {3}\(keys 5\)\nAgent: /);
    expect(out).toMatch(/2 of 2 lines got a reply; ear to ear p50 \d+ ms, p95 \d+ ms\./);
    expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ outcome: 'complete', turns: [{}, {}] });
    expect(readWav(await readFile(output)).channels).toHaveLength(2);
  });

  test('a refusal: its status, what to do, and 1', async () => {
    const { code, out } = await callAgent({ refuseWith: 480 }, []);
    expect(out).toMatch(/Not answered: 480 .*Check that an inbound agent is enabled\./);
    expect(code).toBe(1);
  });

  test('a line without reply: 2', async () => {
    const { code, out } = await callAgent({ replies: 1, hangUpAfterMs: 0 }, ['--say', 'Hello?', '--say', 'Hello?']);
    expect(out).toMatch(/The agent hung up; lines left unsaid: 1\.\n1 of 2 lines got a reply/);
    expect(code).toBe(2);
  });

  test.each([
    ['an unknown option', ['--louder'], /louder/],
    [
      'a voice there is not',
      ['--server', '127.0.0.1:9', '--to', '1', '--voice', 'hal', '--say', 'Hello'],
      /no voice "hal"/,
    ],
    ['a recording there is not', ['--server', '127.0.0.1:9', '--to', '1', '--wav', '/nowhere.wav'], /Cannot read/],
    [
      'a report that cannot be written',
      ['--server', '127.0.0.1:9', '--to', '1', '--json', '/nowhere/r.json'],
      /Cannot write/,
    ],
    ['a user without password', ['--server', '127.0.0.1:9', '--to', '1', '--user', 'a'], /belong together/],
    ['no demo trunk', [], /npm start/],
  ])('%s: a sentence, and 3', async (_, argv, reason) => {
    const { code, err } = await run(argv, join(directory, 'empty'));
    expect(err).toMatch(reason);
    expect(err).toMatch(/--help/);
    expect(code).toBe(3);
  });

  test('a damaged demo trunk is named', async () => {
    const dataDirectory = await mkdtemp(join(directory, 'damaged-'));
    await writeFile(join(dataDirectory, 'demo-trunk.json'), '{"sip":');
    const { code, err } = await run([], dataDirectory);
    expect(err).toMatch(/demo-trunk\.json is no demo trunk/);
    expect(code).toBe(1);
  });

  test('without arguments it calls the demo trunk and says the demo lines', async () => {
    const agent = await startAnsweringAgent({ replies: 3, hangUpAfterMs: 200 });
    const dataDirectory = await mkdtemp(join(directory, 'demo-'));
    const trunk = {
      sip: `${agent.server.host}:${agent.server.port}`,
      ...credentials,
      number: '+12025550100',
      api: 'http://127.0.0.1:9',
      api_key: 'key',
    };
    await writeFile(join(dataDirectory, 'demo-trunk.json'), JSON.stringify(trunk));
    const { code, out, err } = await runProcess([], dataDirectory);
    await agent.close();
    expect(err).toBe('');
    expect(out).toMatch(/You: {3}What are your opening hours\?/);
    expect(out).toMatch(/You: {3}How much does delivery cost\?/);
    expect(out).toMatch(/You: {3}Goodbye\./);
    expect(out).toMatch(/The agent hung up\.\n3 of 3 lines got a reply/);
    expect(code).toBe(0);
  });
});
