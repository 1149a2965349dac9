/** `npm run simulate -- carrier`: a simulated carrier until it is interrupted. */
import { once } from 'node:events';
import { carrierBehaviours } from '../carriers/behaviours.ts';
import { type SimulatedCarrier, startCarrier } from '../carriers/carrier.ts';
import type { CarrierVerdict } from '../carriers/carrier-judgement.ts';
import { WrongArguments } from './arguments.ts';
import { type CarrierArguments, carrierUsage, readCarrierArguments } from './carrier-arguments.ts';

export interface CarrierEnvironment {
  readonly signal: AbortSignal;
  print(line: string): void;
  complain(line: string): void;
}

const host = '127.0.0.1';
const exitCodes = { done: 0, notThere: 1, wrongArguments: 3 };
/** A registration takes a round trip or two, once the trunk is made. */
const registrationLookMs = 200;

/** @returns the exit code: 0 after an interruption, 1 when the port is taken, 3 for wrong arguments. */
export async function runCarrierCommand(argv: readonly string[], environment: CarrierEnvironment): Promise<number> {
  const { print, complain, signal } = environment;
  let wanted: CarrierArguments;
  try {
    wanted = readCarrierArguments(argv);
  } catch (error) {
    if (!(error instanceof WrongArguments)) throw error;
    complain(`${error.message} npm run simulate -- carrier --help lists what there is.`);
    return exitCodes.wrongArguments;
  }
  if (wanted.help) {
    print(carrierUsage);
    return exitCodes.done;
  }
  let carrier: SimulatedCarrier;
  try {
    carrier = await open(wanted, print);
  } catch (error) {
    complain(`Nothing can listen on ${host}:${wanted.port} (${messageOf(error)}). Choose another --port.`);
    return exitCodes.notThere;
  }
  for (const line of introduction(wanted, carrier)) print(line);
  if (wanted.call !== undefined) {
    await callIn(wanted, wanted.call, carrier, environment).catch((error: unknown) =>
      complain(`The call could not be made: ${messageOf(error)}`),
    );
  }
  if (!signal.aborted) await once(signal, 'abort');
  await carrier.close();
  return exitCodes.done;
}

function open(wanted: CarrierArguments, print: (line: string) => void): Promise<SimulatedCarrier> {
  const behaviour = carrierBehaviours.find(({ name }) => name === wanted.preset);
  if (!behaviour) throw new WrongArguments(`There is no preset ${wanted.preset}.`);
  const { username, password, number, port, domain, status } = wanted;
  return startCarrier({
    behaviour,
    host,
    port,
    domain,
    account: { username, password, numbers: [number] },
    ...(status === undefined ? {} : { reaction: { status, reason: 'Refused' } }),
    onVerdict: (verdict) => print(told(verdict)),
  });
}

function introduction({ preset, domain, username, password, number }: CarrierArguments, { port }: SimulatedCarrier) {
  const trunk = {
    name: `Simulated ${preset}`,
    preset,
    host: domain,
    outbound_proxy: `${host}:${port}`,
    username,
    password,
    caller_number: number,
  };
  return [
    `A carrier like ${preset} listens on ${host}:${port}, UDP and TCP. Make a trunk to it:`,
    '',
    'curl -s -X POST $API/phone/sip/outbound-trunks -H "$AUTH" -H "Content-Type: application/json" \\',
    `  -d '${JSON.stringify(trunk)}'`,
    '',
  ];
}

function told({ method, status, reason, disliked, request }: CarrierVerdict): string {
  const whom = request.uri.user === undefined ? '' : ` for ${request.uri.user}`;
  const why = disliked === null ? '' : `, since it broke a rule: ${disliked.replaceAll('_', ' ')}`;
  return `${method}${whom} from ${request.from.uri.user ?? 'nobody'}: ${status} ${reason}${why}`;
}

async function callIn(
  { server, serverAccount, from }: CarrierArguments,
  to: string,
  carrier: SimulatedCarrier,
  { print, signal }: CarrierEnvironment,
): Promise<void> {
  if (!server) print('Waiting for the account to register.');
  while (!server && !carrier.isRegistered) {
    if (signal.aborted) return;
    await new Promise((resolve) => setTimeout(resolve, registrationLookMs));
  }
  const { status, reason, call } = await carrier.call({
    to,
    from,
    ...(server ? { server } : {}),
    ...(serverAccount ? { credentials: serverAccount } : {}),
  });
  print(`Called ${to}: ${status} ${reason}`);
  if (!call) return;
  const { by } = await Promise.race([call.ended, once(signal, 'abort').then(() => ({ by: 'carrier' }))]);
  print(by === 'peer' ? 'The agent hung up.' : 'Hung up.');
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
