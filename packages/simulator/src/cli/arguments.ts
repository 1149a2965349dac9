import { isIPv6 } from 'node:net';
import { parseArgs } from 'node:util';
import type { CallerLine } from '../caller-lines.ts';
import { type NoiseKind, noiseKinds } from '../line-noise.ts';

export const usage = `Calls a phone agent over SIP, speaks, listens, and measures how long the replies take.

  npm run call                                  three questions to the demo agent of this machine
  npm run call -- --say "Are you open now?" --say "Goodbye."

What to say, in the order given; each line waits for the reply to the one before:
  --say TEXT            a sentence
  --wav FILE            a recording
  --digits KEYS         keys: 0-9 * # A-D
  --voice NAME          rms, slt, awb or kal16 (default rms; the agent's default is slt)
  --noise KIND          white, pink, babble, music or office, under everything that is said
  --snr DB              how far the noise is below the voice (default 15)

Whom to call (default: the demo trunk in $DATA_DIR/demo-trunk.json):
  --to NUMBER           number to dial
  --server HOST[:PORT]  SIP address of the server (port 5060)
  --user NAME           and
  --password WORD       of the trunk
  --from NUMBER         the caller's number (default +12025550199)
  --transport udp|tcp   (default udp)

What to keep:
  --output FILE         two-channel WAV: caller left, agent right
  --json FILE           report with the latency of each turn
  --timeout SECONDS     longest call (default 180)

Ends with 0 when every line got a reply, 1 when the call was not answered, 2 when a line got no reply, 3 for wrong arguments.`;

/** Arguments that cannot be used, with the reason. */
export class WrongArguments extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WrongArguments';
  }
}

export interface CallArguments {
  readonly help: boolean;
  readonly lines: readonly CallerLine[];
  readonly voice: string;
  readonly noise: { readonly kind: NoiseKind; readonly snrDb: number; readonly seed: number } | undefined;
  readonly to: string | undefined;
  readonly server: { readonly host: string; readonly port: number } | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly from: string;
  readonly transport: 'udp' | 'tcp';
  readonly output: string | undefined;
  readonly json: string | undefined;
  readonly timeoutMs: number;
}

const options = {
  help: { type: 'boolean', short: 'h' },
  say: { type: 'string', multiple: true },
  wav: { type: 'string', multiple: true },
  digits: { type: 'string', multiple: true },
  voice: { type: 'string', default: 'rms' },
  noise: { type: 'string' },
  snr: { type: 'string', default: '15' },
  to: { type: 'string' },
  server: { type: 'string' },
  user: { type: 'string' },
  password: { type: 'string' },
  from: { type: 'string', default: '+12025550199' },
  transport: { type: 'string', default: 'udp' },
  output: { type: 'string' },
  json: { type: 'string' },
  timeout: { type: 'string', default: '180' },
} as const;

/** The same noise in every call, so that two calls can be compared. */
const NOISE_SEED = 1;

/** Throws {@link WrongArguments}. */
export function readArguments(argv: readonly string[]): CallArguments {
  const { values, tokens } = parsed(argv);
  const { voice, to, user, password, from, output, json } = values;
  const snrDb = numberOf('--snr', values.snr, -20, 60);
  return {
    help: values.help ?? false,
    lines: tokens.flatMap((token) => (token.kind === 'option' ? lineOf(token.name, token.value ?? '') : [])),
    voice,
    noise: values.noise === undefined ? undefined : { kind: noiseOf(values.noise), snrDb, seed: NOISE_SEED },
    to,
    server: values.server === undefined ? undefined : readServer(values.server),
    user,
    password,
    from,
    transport: transportOf(values.transport),
    output,
    json,
    timeoutMs: numberOf('--timeout', values.timeout, 1, 3600) * 1000,
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, strict: true, tokens: true });
  } catch (error) {
    throw new WrongArguments(error instanceof Error ? error.message : String(error));
  }
}

function lineOf(name: string, value: string): CallerLine[] {
  if (name === 'say') {
    if (!/[\p{L}\p{N}]/u.test(value)) throw new WrongArguments(`--say "${value}" has no word to say.`);
    return [{ say: value }];
  }
  if (name === 'wav') return [{ wav: value }];
  if (name !== 'digits') return [];
  if (!/^[0-9*#a-d]+$/i.test(value)) throw new WrongArguments(`--digits "${value}" must be keys: 0-9 * # A-D.`);
  return [{ digits: value }];
}

/** `host`, `host:port`, `[v6]` or `[v6]:port`. Throws {@link WrongArguments}. */
export function readServer(text: string): { host: string; port: number } {
  const match = isIPv6(text) ? [text, text, ''] : /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d+))?$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  if (!match || !host) throw new WrongArguments(`"${text}" is no SIP address; write host:port.`);
  return { host, port: match[3] ? numberOf('the port', match[3], 1, 65_535) : 5060 };
}

function noiseOf(text: string): NoiseKind {
  const kind = noiseKinds.find((known) => known === text);
  if (kind === undefined) throw new WrongArguments(`--noise "${text}" is not one of ${noiseKinds.join(', ')}.`);
  return kind;
}

function transportOf(text: string): 'udp' | 'tcp' {
  if (text !== 'udp' && text !== 'tcp') throw new WrongArguments(`--transport "${text}" is not udp or tcp.`);
  return text;
}

function numberOf(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < min || value > max)
    throw new WrongArguments(`${name} must be a number from ${min} to ${max}, not "${text}".`);
  return value;
}
