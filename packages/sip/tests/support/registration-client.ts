import type { SipResponse } from '../../src/message/message.ts';
import { parseMessage } from '../../src/message/parser.ts';
import { type RequestDraft, serialiseRequest } from '../../src/message/serialiser.ts';
import { RegistrationClient } from '../../src/registration/registration-client.ts';
import type { RegistrationOptions, RegistrationStatus } from '../../src/registration/registration-types.ts';
import type { ClientTransactionHandlers } from '../../src/transaction/client-transaction.ts';
import type { Flow, Path } from '../../src/transport/flow.ts';
import { FakeClock } from './fake-clock.ts';

const options = {
  owner: 'trunk-1',
  registrar: 'sip:carrier.example',
  addressOfRecord: 'sip:bob@carrier.example',
  credentials: { username: 'bob', password: 'zanzibar' },
};

interface Sent {
  readonly draft: RequestDraft;
  readonly path: Path;
  readonly handlers: ClientTransactionHandlers;
}

/** A registration whose wire is this test: it sees what is sent and answers what it likes. */
export function setting(
  more: { [Name in keyof RegistrationOptions]?: RegistrationOptions[Name] | undefined } = {},
  servers: readonly string[] = ['192.0.2.1'],
) {
  const clock = new FakeClock();
  const sent: Sent[] = [];
  const statuses: RegistrationStatus[] = [];
  const world = {
    servers,
    received: '203.0.113.9',
    located: [] as string[],
    kept: 0,
    lost: undefined as (() => void) | undefined,
  };
  const client = new RegistrationClient(
    {
      clock,
      userAgent: 'test',
      allow: 'INVITE',
      random: () => 0.5,
      routesTo: async (uri) => {
        world.located.push(uri);
        const waiting = world.servers.map((remoteAddress) => {
          const flow: Flow = { transport: 'udp', remoteAddress, remotePort: 5060 };
          return { flow, address: '10.0.0.1:5060' };
        });
        if (waiting.length === 0) throw new Error('no such name');
        return {
          get hasNext() {
            return waiting.length > 0;
          },
          next: async () => {
            const path = waiting.shift();
            if (!path) throw new Error('no place left');
            return path;
          },
          failed() {},
          succeeded() {},
        };
      },
      send: (draft, path, handlers) => void sent.push({ draft, path, handlers }),
      onFlowLost: (_flow, lost) => {
        world.lost = lost;
        return () => {
          world.lost = undefined;
        };
      },
      keepAlive: () => {
        world.kept++;
        return () => {
          world.kept--;
        };
      },
    },
    { ...options, onChange: (status) => statuses.push(status), ...more },
  );
  const last = () => {
    const found = sent.at(-1);
    if (!found) throw new Error('nothing was sent');
    return found;
  };
  return {
    client,
    clock,
    sent,
    statuses,
    world,
    last,
    start: async () => {
      client.start();
      await settle();
    },
    header: (name: string) => last().draft.headers.get(name) ?? '',
    contacts: () => last().draft.headers.list('Contact'),
    answer: async (status: number, ...headers: string[]) => {
      const { draft, handlers } = last();
      handlers.response(responseTo(draft, status, headers, world.received));
      await settle();
    },
    timeout: async () => {
      last().handlers.timeout();
      await settle();
    },
    wait: async (ms: number) => {
      clock.advance(ms);
      await settle();
    },
  };
}

/** Lets the look-up of servers, which is a promise, come through. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

/** @param received how the registrar writes where it sees us. */
function responseTo(draft: RequestDraft, status: number, headers: readonly string[], received: string): SipResponse {
  const request = serialiseRequest(draft).toString();
  const via = `Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK1;received=${received};rport=61000`;
  const copied = request.split('\r\n').filter((line) => /^(?:From|To|Call-ID|CSeq):/.test(line));
  const message = parseMessage(
    Buffer.from(`${[`SIP/2.0 ${status} Said`, via, ...copied, ...headers].join('\r\n')}\r\n\r\n`),
  );
  if (message.kind !== 'response') throw new Error('not a response');
  return message;
}

export const challenge = (nonce: string, more = '') =>
  `WWW-Authenticate: Digest realm="carrier", nonce="${nonce}", algorithm=SHA-256, qop="auth"${more}`;
