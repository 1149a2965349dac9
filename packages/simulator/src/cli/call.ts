/** `npm run call`: one simulated call from the command line. */
import { writeFile } from 'node:fs/promises';
import { AudioError } from '@dialplane/audio';
import { createFliteSynthesiser, SpeechError } from '@dialplane/speech';
import type { CallOptions } from '../call-options.ts';
import type { CallReport } from '../call-report.ts';
import { placeCall } from '../caller.ts';
import { UnreadableRecording } from '../caller-lines.ts';
import { demoLines, readDemoTrunk } from '../demo-call.ts';
import { type CallArguments, readArguments, readServer, usage, WrongArguments } from './arguments.ts';
import { eventLine, reportLines } from './conversation-printer.ts';

const exitCodes: Readonly<Record<CallReport['outcome'] | 'wrong_arguments', number>> = {
  complete: 0,
  not_answered: 1,
  no_reply: 2,
  wrong_arguments: 3,
};

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  try {
    const given = readArguments(argv);
    if (given.help) {
      console.log(usage);
      return 0;
    }
    return await call(given);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    if (!isTheirs(error)) return exitCodes.not_answered;
    console.error('See npm run call -- --help.');
    return exitCodes.wrong_arguments;
  }
}

/** Whether another command line would have helped. */
function isTheirs(error: unknown): boolean {
  if (error instanceof AudioError || error instanceof SpeechError) return error.errorClass === 'theirs';
  return error instanceof WrongArguments || error instanceof UnreadableRecording;
}

async function call(given: CallArguments): Promise<number> {
  const target = await targetOf(given);
  await checkWritable(given.output, given.json);
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  process.once('SIGTERM', () => interrupt.abort());
  const synthesiser = await createFliteSynthesiser();
  try {
    console.log(
      `Calling ${target.to} at ${target.server.host}:${target.server.port} over ${given.transport.toUpperCase()}.`,
    );
    const report = await placeCall({
      ...target,
      transport: given.transport,
      from: given.from,
      lines: given.lines.length > 0 ? given.lines : demoLines.map((say) => ({ say })),
      synthesiser,
      voice: given.voice,
      noise: given.noise,
      output: given.output,
      timeoutMs: given.timeoutMs,
      signal: interrupt.signal,
      onEvent: (event) => {
        const line = eventLine(event);
        if (line !== undefined) console.log(line);
      },
    });
    for (const line of reportLines(report)) console.log(line);
    if (given.json !== undefined) await writeFile(given.json, `${JSON.stringify(report, null, 2)}\n`);
    return exitCodes[report.outcome];
  } finally {
    await synthesiser.close();
  }
}

type Target = Pick<CallOptions, 'server' | 'to' | 'credentials' | 'history'>;

/** What is not given comes from the demo trunk, which is only asked for when it is needed. */
async function targetOf({ server, to, user, password }: CallArguments): Promise<Target> {
  if ((user === undefined) !== (password === undefined))
    throw new WrongArguments('--user and --password belong together.');
  const credentials = user !== undefined && password !== undefined ? { username: user, password } : undefined;
  if (server && to !== undefined) return { server, to, credentials };

  const dataDirectory = process.env.DATA_DIR ?? 'data';
  const demo = await readDemoTrunk(dataDirectory);
  if (!demo)
    throw new WrongArguments(
      `There is no demo trunk in ${dataDirectory}. Start the server here first (npm start), or say whom to call with --server and --to.`,
    );
  const isDemoServer = server === undefined;
  return {
    server: server ?? readServer(demo.sip),
    to: to ?? demo.number,
    credentials: credentials ?? (isDemoServer ? { username: demo.username, password: demo.password } : undefined),
    history: isDemoServer ? { url: demo.api, apiKey: demo.api_key } : undefined,
  };
}

/** Before the call: a report that cannot be written afterwards would waste it. */
async function checkWritable(...paths: readonly (string | undefined)[]): Promise<void> {
  for (const path of paths) {
    if (path === undefined) continue;
    await writeFile(path, '').catch((error: unknown) => {
      throw new WrongArguments(`Cannot write ${path}: ${error instanceof Error ? error.message : String(error)}.`);
    });
  }
}
