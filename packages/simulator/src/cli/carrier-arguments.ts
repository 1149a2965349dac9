import { parseArgs } from 'node:util';
import { carrierBehaviours } from '../carriers/behaviours.ts';
import { readServer, WrongArguments } from './arguments.ts';

export const carrierUsage = `Is a carrier or PBX, as strict as the one a preset is made for, for trying a trunk without an account.

  npm run simulate -- carrier --preset twilio
  npm run simulate -- carrier --preset asterisk --call +12025550100

  --preset NAME         ${carrierBehaviours.map(({ name }) => name).join(', ')}
  --port PORT           of UDP and TCP on 127.0.0.1 (default 5090)
  --domain NAME         its name in URIs, which the trunk has as host (default NAME.example)
  --user NAME           and
  --password WORD       of the account (default 101 and secret)
  --number NUMBER       that the account may show (default +12025550100)
  --status STATUS       refuses calls with it; without it they are answered
  --call NUMBER         calls in as soon as the account has registered, or at once at
  --server HOST[:PORT]  with
  --server-user NAME    and
  --server-password WORD of the inbound trunk, where it asks for them
  --from NUMBER         (default +12025550199)

It tells how to make the trunk, then what it hears and what it thinks of it, until Ctrl-C.`;

export interface CarrierArguments {
  readonly help: boolean;
  readonly preset: string;
  readonly port: number;
  readonly domain: string;
  readonly username: string;
  readonly password: string;
  readonly number: string;
  readonly status: number | undefined;
  readonly call: string | undefined;
  readonly server: { readonly host: string; readonly port: number } | undefined;
  readonly serverAccount: { readonly username: string; readonly password: string } | undefined;
  readonly from: string;
}

const options = {
  help: { type: 'boolean', short: 'h' },
  preset: { type: 'string', default: '' },
  port: { type: 'string', default: '5090' },
  domain: { type: 'string' },
  user: { type: 'string', default: '101' },
  password: { type: 'string', default: 'secret' },
  number: { type: 'string', default: '+12025550100' },
  status: { type: 'string' },
  call: { type: 'string' },
  server: { type: 'string' },
  'server-user': { type: 'string' },
  'server-password': { type: 'string' },
  from: { type: 'string', default: '+12025550199' },
} as const;

/** Throws {@link WrongArguments}. */
export function readCarrierArguments(argv: readonly string[]): CarrierArguments {
  const { values } = parsed(argv);
  const { preset, help = false } = values;
  if (!help && !carrierBehaviours.some(({ name }) => name === preset)) {
    const known = carrierBehaviours.map(({ name }) => name).join(', ');
    throw new WrongArguments(`--preset must be one of ${known}${preset === '' ? '' : `, not "${preset}"`}.`);
  }
  const [username, password] = [values['server-user'], values['server-password']];
  if ((username === undefined) !== (password === undefined)) {
    throw new WrongArguments('--server-user and --server-password belong together.');
  }
  return {
    help,
    preset,
    port: wholeNumber('--port', values.port, 0, 65_535),
    domain: values.domain ?? `${preset}.example`,
    username: values.user,
    password: values.password,
    number: values.number,
    status: values.status === undefined ? undefined : wholeNumber('--status', values.status, 300, 699),
    call: values.call,
    server: values.server === undefined ? undefined : readServer(values.server),
    serverAccount: username === undefined || password === undefined ? undefined : { username, password },
    from: values.from,
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, strict: true });
  } catch (error) {
    throw new WrongArguments(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new WrongArguments(`${name} must be a whole number from ${min} to ${max}, not "${text}".`);
  }
  return value;
}
