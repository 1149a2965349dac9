import { describe, expect, it } from 'vitest';
import { openEndpoint } from '../support/endpoints.ts';
import { authorizationFor, type Heard, openUdpPeer, type RawPeer, requestText } from '../support/raw-peer.ts';

const username = 'bob';
const password = 'zanzibar';

interface Step {
  readonly headers: readonly string[];
  /** Undefined: none are sent. */
  readonly password?: string;
  readonly status: number;
  /** Contact values of the answer; the time is what is left of what was asked for. */
  readonly contacts?: readonly string[];
}

const bob = 'Contact: <sips:bob@client.biloxi.example.com>';
const bobListed = '<sips:bob@client.biloxi.example.com>;expires=3600';
const mail = 'Contact: <mailto:bob@biloxi.example.com>';
const mailListed = '<mailto:bob@biloxi.example.com>;expires=3600';
const register = { headers: [bob, 'Expires: 3600'], password, status: 200, contacts: [bobListed] };

/** RFC 3665 2, with our user in place of theirs; what a section takes for granted stands before its own steps. */
const flows: readonly (readonly [section: string, steps: readonly Step[]])[] = [
  ['2.1 Successful New Registration', [{ headers: [bob, 'Expires: 3600'], status: 401 }, register]],
  [
    '2.2 Update of Contact List',
    [register, { headers: [mail], password, status: 200, contacts: [bobListed, mailListed] }],
  ],
  [
    '2.3 Request for Current Contact List',
    [
      register,
      { headers: [mail], password, status: 200, contacts: [bobListed, mailListed] },
      { headers: [], password, status: 200, contacts: [bobListed, mailListed] },
    ],
  ],
  [
    '2.4 Cancellation of Registration',
    [
      register,
      { headers: ['Expires: 0', 'Contact: *'], password, status: 200, contacts: [] },
      { headers: [], password, status: 200, contacts: [] },
    ],
  ],
  // The RFC shows a second 401; ours says 403 for a wrong password, so that a phone does not ask for ever.
  [
    '2.5 Unsuccessful Registration',
    [
      { headers: [bob], status: 401 },
      { headers: [bob], password: 'wrong', status: 403 },
      { headers: [], password, status: 200, contacts: [] },
    ],
  ],
];

async function send(peer: RawPeer, step: Step, number: number): Promise<Heard> {
  const draft = { method: 'REGISTER', callId: '1j9FpLxk3uxtm8tn', port: peer.port, withoutContact: true };
  peer.send(requestText({ ...draft, sequence: 2 * number, headers: step.headers }));
  const challenge = await peer.next(({ status }) => status > 100);
  if (step.password === undefined) return challenge;
  const authorization = authorizationFor(challenge.header('WWW-Authenticate'), 'REGISTER', step.password, username);
  peer.send(requestText({ ...draft, sequence: 2 * number + 1, headers: [...step.headers, authorization] }));
  return peer.next(({ status }) => status > 100);
}

describe('RFC 3665 2, registration', () => {
  it.each(flows)('%s', async (_, steps) => {
    const registrar = await openEndpoint({
      authentication: {
        realm: 'atlanta.example.com',
        nonceKey: Buffer.alloc(32, 1),
        findCredential: async (name) => (name === username ? { password, owner: 'bob' } : undefined),
      },
      registrar: {},
    });
    const peer = await openUdpPeer(registrar.port);
    for (const [index, step] of steps.entries()) {
      const answer = await send(peer, step, index + 1);
      expect(answer.status).toBe(step.status);
      const contacts = [...answer.text.matchAll(/^Contact: (.*)\r$/gm)].map(([, value]) => value);
      if (step.contacts) expect(contacts).toEqual(step.contacts);
      if (step.status === 401) {
        expect(answer.header('WWW-Authenticate')).toMatch(/^Digest realm="atlanta\.example\.com", nonce=".*qop="auth"/);
      }
    }
  });
});
