/** `npm run call`: one simulated call, from its arguments to its exit code. */
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

/** Where the command finds and leaves things. */
export interface CommandSurroundings {
  /** Where the demo trunk is. */
  readonly dataDirectory: string;
  /** Hangs up and ends the command. */
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** Runs the command; resolves with its exit code. */
export async function runCallCommand(argv: readonly string[], surroundings: CommandSurroundings): Promise<number> {
  try {
    const given = readArguments(argv);
    if (!given.help) return await call(given, surroundings);
    surroundings.print(usage);
    return 0;
  } catch (error) {
    surroundings.complain(error instanceof Error ? error.message : String(error));
    if (!isTheirs(error)) return exitCodes.not_answered;
    surroundings.complain('See npm run call -- --help.');
    return exitCodes.wrong_arguments;
  }
}

/** Whether another command line would have helped. */
function isTheirs(error: unknown): boolean {
  if (error instanceof AudioError || error instanceof SpeechError) return error.errorClass === 'theirs';
  return error instanceof WrongArguments || error instanceof UnreadableRecording;
}

async function call(given: CallArguments, { dataDirectory, signal, print }: CommandSurroundings): Promise<number> {
  const target = await targetOf(given, dataDirectory);
  await checkWritable(given.output, given.json);
  const synthesiser = await createFliteSynthesiser();
  try {
    print(`Calling ${target.to} at ${target.server.host}:${target.server.port} over ${given.transport.toUpperCase()}.`);
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
      signal,
      onEvent: (event) => {
        const line = eventLine(event);
        if (line !== undefined) print(line);
      },
    });
    for (const line of reportLines(report)) print(line);
    if (given.json !== undefined) await writeFile(given.json, `${JSON.stringify(report, null, 2)}\n`);
    return exitCodes[report.outcome];
  } finally {
    await synthesiser.close();
  }
}

type Target = Pick<CallOptions, 'server' | 'to' | 'credentials' | 'history'>;

/** What is not given comes from the demo trunk, which is only asked for when it is needed. */
async function targetOf(given: CallArguments, dataDirectory: string): Promise<Target> {
  const { server, to, user, password } = given;
  if ((user === undefined) !== (password === undefined))
    throw new WrongArguments('--user and --password belong together.');
  const credentials = user !== undefined && password !== undefined ? { username: user, password } : undefined;
  if (server && to !== undefined) return { server, to, credentials };

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
