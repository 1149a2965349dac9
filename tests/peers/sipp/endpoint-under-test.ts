import {
  audioOffer,
  type CallEnd,
  type Clock,
  createSipEndpoint,
  type IncomingCall,
  negotiateAudio,
  type OutgoingCall,
  type OutgoingCallOptions,
  type SessionDescription,
  type SipEndpoint,
  type SipEndpointOptions,
  type SourcePolicy,
} from '@dialplane/sip';
import { expect, onTestFinished } from 'vitest';
import { freePort, listened } from './ports.ts';
import { type Link, links, runSipp, type SippResult } from './run-sipp.ts';

/** Several at once show what belongs to one call and not to another. */
export const CALLS = 3;

const local = { address: '127.0.0.1', port: 40_000, codecs: ['PCMU', 'PCMA'], sessionId: 1 } as const;

export function offerOf(change: { direction?: 'sendonly' | 'inactive' } = {}): string {
  return audioOffer({ ...local, ...change });
}

/** Undefined when nothing can be agreed on. */
export function answerTo(offer: SessionDescription | undefined): string | undefined {
  return offer && negotiateAudio(offer, local)?.answer;
}

/** What an incoming call is answered with: our answer, or our offer where the caller makes none. */
export function descriptionFor({ offer }: IncomingCall): string {
  return (offer ? answerTo(offer) : offerOf()) ?? '';
}

/** RFC 3261 17.1.1.1: 64*T1. What takes longer is no timer of a transaction. */
const TRANSACTION_MS = 32_000;

/**
 * Real time, but what lasts at least so long comes sooner: session timers, whose least interval is 90 s, and not the
 * retransmissions of requests and responses.
 */
export function shortWaits(factor: number, leastMs = TRANSACTION_MS + 1): Clock {
  return {
    nowMs: () => performance.timeOrigin + performance.now(),
    start(delayMs, fire) {
      const timer = setTimeout(fire, delayMs >= leastMs ? delayMs / factor : delayMs);
      return { cancel: () => clearTimeout(timer) };
    },
  };
}

/** Who sipp is: nobody asks for its password. */
const everybody: SourcePolicy = {
  isListed: () => true,
  identify: () => ({ kind: 'known', owner: 'o', style: 'ip' }),
};

/** Listens on IPv4 and IPv6, and is closed with the test. */
async function openEndpoint(options: Partial<SipEndpointOptions>): Promise<SipEndpoint> {
  const endpoint = await createSipEndpoint({
    host: '::',
    port: 0,
    userAgent: 'test',
    sourcePolicy: everybody,
    ...options,
  });
  onTestFinished(() => endpoint.close());
  return endpoint;
}

export interface CalledOptions {
  /** Who ended the calls; null when they were never answered. Default: the caller. */
  readonly endedBy?: CallEnd['by'] | null;
  /** A response that must come again, by sipp's name of it, such as `200`. */
  readonly repeated?: string;
  readonly clock?: Clock;
  readonly calls?: number;
  readonly sippArguments?: readonly string[];
}

/** sipp calls an endpoint, over every link at once. */
export async function sippCalls(
  scenario: string,
  onInvite: (call: IncomingCall, ended: (end: CallEnd) => void) => void,
  options: CalledOptions = {},
): Promise<void> {
  const { calls = CALLS, clock, endedBy = 'remote' } = options;
  const ends: CallEnd[] = [];
  const endpoint = await openEndpoint({
    ...(clock ? { clock } : {}),
    onInvite: (call) => onInvite(call, (end) => void ends.push(end)),
  });
  const run = async (link: Link) => {
    const target = `${link.host}:${endpoint.port}`;
    const result = await runSipp({
      ...{ scenario, link, target, calls, port: await freePort(link), callsPerSecond: 10 },
      ...(options.sippArguments ? { arguments: options.sippArguments } : {}),
    });
    expectClean(result, link, calls, options.repeated);
  };
  await Promise.all(links.map(run));
  await expect.poll(() => endpoint.activeCalls, { timeout: 5_000 }).toBe(0);
  expect(ends.map(({ by }) => by)).toEqual(endedBy === null ? [] : links.flatMap(() => Array(calls).fill(endedBy)));
}

export interface Placed {
  readonly call: OutgoingCall;
  /** Resolves when the call is answered; rejects when it is refused. */
  readonly answered: Promise<void>;
  readonly ringing: Promise<void>;
  readonly ended: Promise<CallEnd>;
}

export interface CallingOptions {
  readonly clock?: Clock;
  readonly call?: Partial<OutgoingCallOptions>;
}

/** An endpoint calls sipp, over every link at once; `during` does with each call what is to be done. */
export async function sippIsCalled(
  scenario: string,
  during: (placed: Placed) => Promise<unknown>,
  options: CallingOptions = {},
): Promise<void> {
  const endpoint = await openEndpoint(options.clock ? { clock: options.clock } : {});
  const run = async (link: Link) => {
    const port = await freePort(link);
    const answering = runSipp({ scenario, link, port, calls: CALLS });
    await Promise.race([listened(link, port), answering]);
    const target = `sip:callee@${link.host}:${port};transport=${link.transport}`;
    const calls = Array.from({ length: CALLS }, () => during(place(endpoint, target, options)));
    const [result] = await Promise.all([answering, ...calls]);
    expectClean(result, link, CALLS);
  };
  await Promise.all(links.map(run));
  await expect.poll(() => endpoint.activeCalls, { timeout: 5_000 }).toBe(0);
}

function place(endpoint: SipEndpoint, target: string, { call: given }: CallingOptions): Placed {
  const answered = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<CallEnd>();
  const ringing = Promise.withResolvers<void>();
  answered.promise.catch(() => {});
  const call = endpoint.call({
    target,
    from: 'sip:caller@127.0.0.1',
    sdp: offerOf(),
    ...given,
    handlers: {
      offered: answerTo,
      answered: () => answered.resolve(),
      ended: (end) => ended.resolve(end),
      ringing: () => ringing.resolve(),
      refused: (status, reason) => answered.reject(new Error(`refused with ${status} ${reason}`)),
    },
  });
  return { call, answered: answered.promise, ringing: ringing.promise, ended: ended.promise };
}

function expectClean(result: SippResult, { transport, host }: Link, calls: number, repeated = 'nothing'): void {
  const { errors, oddities, ...counts } = result;
  // What sipp counts where a scenario waits for a response to come again.
  const wanted = new RegExp(`^\\d+_(${repeated}_Retrans|699_Timeout)$`);
  const unwanted = Object.fromEntries(Object.entries(oddities).filter(([name]) => !wanted.test(name)));
  const clean = { code: 0, successful: calls, failed: 0, strays: 0, retransmissions: 0, unwanted: {} };
  expect({ transport, host, ...counts, unwanted }, errors).toEqual({ transport, host, ...clean });
  const hasCome = Object.keys(oddities).some((name) => name.endsWith(`_${repeated}_Retrans`));
  // Over TCP sipp counts nothing: there the scenario itself waits for the second one.
  expect(hasCome, errors).toBe(repeated !== 'nothing' && transport === 'udp');
}
