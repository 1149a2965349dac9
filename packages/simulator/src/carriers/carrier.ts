import { randomInt, randomUUID } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseMessage, SipParseError, type SipResponse } from '@dialplane/sip';
import type { CarrierBehaviour } from './carrier-behaviour.ts';
import {
  type CarrierCallAttempt,
  type CarrierCallOptions,
  type CarrierServer,
  callFromCarrier,
} from './carrier-caller.ts';
import type { CarrierCall } from './carrier-dialog.ts';
import { answerTo, type DigestAccount } from './carrier-digest.ts';
import type { CarrierVerdict } from './carrier-judgement.ts';
import { newTag } from './carrier-message.ts';
import { CarrierRequests } from './carrier-requests.ts';
import type { CarrierAccount } from './carrier-rules.ts';
import { type CarrierPlace, type CarrierReaction, CarrierSwitch } from './carrier-switch.ts';
import { type CarrierLine, openCarrierWire } from './carrier-wire.ts';

/** Who ignores Record-Route sends to a gateway that is not there (RFC 5737). */
const HIDDEN_GATEWAY = '192.0.2.77:5090';

/** In place of a private address: nobody listens there either, and what is sent to it stays on this machine. */
const PRIVATE_ADDRESS = '127.77.77.7';

/** A round trip on the same machine, many times over. */
const CLOSE_PATIENCE_MS = 500;

export interface CarrierOptions {
  readonly behaviour: CarrierBehaviour;
  readonly account: CarrierAccount;
  /** Address to listen on. Default: 127.0.0.1. */
  readonly host?: string;
  /** Of UDP and TCP. Default: one the system chooses. */
  readonly port?: number;
  /** Its name in URIs. Default: its address. */
  readonly domain?: string;
  /** PEM; with it TLS is spoken too. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** What becomes of calls that break no rule. Default: they are answered. */
  readonly reaction?: CarrierReaction;
  /** Told of every verdict when it falls. */
  onVerdict?(verdict: CarrierVerdict): void;
}

/**
 * A carrier or PBX over real sockets, apart from the stack it tests but for the parser and SDP. It sends nothing twice, so it
 * belongs on the machine of who it calls.
 */
export interface SimulatedCarrier {
  readonly host: string;
  readonly port: number;
  readonly tlsPort: number | undefined;
  /** What every request from outside met with, in order. */
  readonly verdicts: readonly CarrierVerdict[];
  /** Calls it took, in order. */
  readonly calls: readonly CarrierCall[];
  /** Whether the customer is registered now. */
  readonly isRegistered: boolean;
  call(options: CarrierCallOptions): Promise<CarrierCallAttempt>;
  /** OPTIONS without credentials, as trunks are watched; resolves with the status. */
  qualify(server: CarrierServer): Promise<number>;
  /** Registers with a server as a PBX does; resolves with the final response. */
  register(server: CarrierServer, credentials: DigestAccount): Promise<SipResponse>;
  /** Hangs up what is left, and does not wait long for those who are gone. */
  close(): Promise<void>;
}

export async function startCarrier(options: CarrierOptions): Promise<SimulatedCarrier> {
  const { behaviour, account, host = '127.0.0.1', reaction = 'answer' } = options;
  const bracketed = isIPv6(host) ? `[${host}]` : host;
  const domain = options.domain ?? host;
  const wire = await openCarrierWire({
    host,
    port: options.port ?? 0,
    ...(options.tls && { tls: options.tls }),
    receive,
  });
  const requests = new CarrierRequests(hostPort);
  const mediaAddress = behaviour.privateMediaAddress ? PRIVATE_ADDRESS : host;
  const common = { behaviour, domain, host, requests, mediaAddress, place };
  const exchange = new CarrierSwitch({
    ...common,
    account,
    reaction,
    judged: (verdict) => options.onVerdict?.(verdict),
  });

  function receive(bytes: Buffer, line: CarrierLine): void {
    try {
      const message = parseMessage(bytes);
      if (message.kind === 'response') requests.receive(message);
      else exchange.receive(message, line);
    } catch (error) {
      if (!(error instanceof SipParseError)) throw error;
    }
  }

  function hostPort({ transport }: CarrierLine): string {
    return `${bracketed}:${transport === 'tls' ? (wire.tlsPort ?? wire.port) : wire.port}`;
  }

  function place(line: CarrierLine): CarrierPlace {
    const way = line.transport === 'udp' ? '' : `;transport=${line.transport}`;
    const here = `${hostPort(line)}${way}`;
    const recordRoutes = Array.from({ length: behaviour.recordRoutes }, (_, at) => `<sip:${here};lr;r2=on;at=${at}>`);
    return { contact: `sip:gw@${recordRoutes.length > 0 ? HIDDEN_GATEWAY : here}`, recordRoutes };
  }

  async function ask(method: string, server: CarrierServer, headers: readonly string[], credentials?: DigestAccount) {
    const line = await wire.connect(server.transport ?? 'udp', server.host, server.port);
    const uri = `sip:${isIPv6(server.host) ? `[${server.host}]` : server.host}:${server.port}`;
    const user = credentials ? `${credentials.username}@` : '';
    const address = `<${uri.replace('sip:', `sip:${user}`)}>`;
    const request = { method, uri, from: `${address};tag=${newTag()}`, to: address, callId: randomUUID() };
    const response = await requests.send(line, { ...request, sequence: 1, headers });
    const answer = credentials && answerTo(response, request, credentials);
    return answer === undefined
      ? response
      : await requests.send(line, { ...request, sequence: 2, headers: [...headers, answer] });
  }

  return {
    host,
    port: wire.port,
    tlsPort: wire.tlsPort,
    verdicts: exchange.verdicts,
    calls: exchange.calls,
    get isRegistered() {
      return exchange.binding !== undefined;
    },
    call: (call) =>
      callFromCarrier({ ...common, wire, dialogs: exchange.dialogs, binding: () => exchange.binding }, call),
    qualify: async (server) => (await ask('OPTIONS', server, [])).status,
    register(server, credentials) {
      const parameter =
        behaviour.contactParameter === null ? '' : `;${behaviour.contactParameter}=${randomInt(2 ** 31)}`;
      const contact = `Contact: <sip:${credentials.username}@${bracketed}:${wire.port}${parameter}>`;
      return ask('REGISTER', server, [contact, 'Expires: 600'], credentials);
    },
    async close() {
      const left = [...exchange.dialogs.values()].filter(({ isOver }) => !isOver);
      const goodbyes = Promise.allSettled(left.map((call) => call.hangup()));
      await Promise.race([goodbyes, sleep(CLOSE_PATIENCE_MS, undefined, { ref: false })]);
      await Promise.all(left.map((call) => call.end('carrier')));
      await wire.close();
    },
  };
}
