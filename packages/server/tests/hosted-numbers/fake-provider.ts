/** Twilio and Telnyx on a loopback socket, as far as numbers and messages go: paths, forms, statuses and bodies as documented. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { fakeTelnyx } from './fake-telnyx.ts';
import { fakeTwilio } from './fake-twilio.ts';

/** What a provider got to do. */
export interface ProviderRequest {
  readonly method: string;
  /** With the query, decoded. */
  readonly path: string;
  readonly search: URLSearchParams;
  readonly authorization: string | undefined;
  /** Fields of a form or of JSON. */
  readonly content: Readonly<Record<string, unknown>>;
}

export interface ProviderAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** What is in the account, changed by requests. */
export interface ProviderAccount {
  /** E.164 of what can be bought. */
  readonly forSale: string[];
  /** Id of each number in the account. */
  readonly numbers: Map<string, string>;
  /** Trunks or connections, each with where it sends calls. */
  readonly connections: Map<string, { readonly name: string; readonly targets: string[] }>;
  readonly texts: { readonly from: string; readonly to: string; readonly text: string }[];
}

export interface FakeProvider {
  readonly url: string;
  readonly account: ProviderAccount;
  /** `METHOD /path` of everything asked, in order. */
  readonly requests: ProviderRequest[];
  /**
   * Answers requests that match with this in place of the provider's own answer; `drop` cuts the line after doing it.
   * @returns a function that ends this.
   */
  interfere(method: string, path: RegExp, answer: ProviderAnswer | 'drop'): () => void;
  /** Everything as it was when it started. */
  reset(): void;
  close(): Promise<void>;
}

/** What a server needs in its environment to use the fake. */
export const providerEnvironment = (provider: FakeProvider, which: 'twilio' | 'telnyx' | 'both') => ({
  ALLOW_PRIVATE_HTTP: '1',
  PUBLIC_ADDRESS: 'sip.example.com',
  ...(which === 'telnyx'
    ? {}
    : { TWILIO_ACCOUNT_SID: twilioSid, TWILIO_AUTH_TOKEN: 'twilio-token', TWILIO_API_URL: provider.url }),
  ...(which === 'twilio' ? {} : { TELNYX_API_KEY: 'KEY-telnyx', TELNYX_API_URL: provider.url }),
});

export const twilioSid = `AC${'0'.repeat(32)}`;

const goods = ['+12025550140', '+12025550141', '+14155550142'];

export async function startFakeProvider(): Promise<FakeProvider> {
  const account: ProviderAccount = { forSale: [...goods], numbers: new Map(), connections: new Map(), texts: [] };
  const requests: ProviderRequest[] = [];
  const interferences: { method: string; path: RegExp; answer: ProviderAnswer | 'drop' }[] = [];

  const server = createServer(async (incoming, reply) => {
    const request = await read(incoming);
    requests.push(request);
    const interference = interferences.find(({ method, path }) => method === request.method && path.test(request.path));
    if (interference && interference.answer !== 'drop') return send(reply, interference.answer);
    const answer = request.path.startsWith('/v2/') ? fakeTelnyx(account, request) : fakeTwilio(account, request);
    if (interference) incoming.socket.destroy();
    else send(reply, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;

  return {
    url: `http://127.0.0.1:${port}`,
    account,
    requests,
    interfere: (method, path, answer) => {
      const interference = { method, path, answer };
      interferences.push(interference);
      return () => void interferences.splice(interferences.indexOf(interference), 1);
    },
    reset: () => {
      interferences.length = 0;
      requests.length = 0;
      account.forSale.splice(0, account.forSale.length, ...goods);
      account.numbers.clear();
      account.connections.clear();
      account.texts.length = 0;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(incoming: IncomingMessage): Promise<ProviderRequest> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part);
  const text = Buffer.concat(parts).toString('utf8');
  const form = incoming.headers['content-type'] === 'application/x-www-form-urlencoded';
  return {
    method: incoming.method ?? '',
    path: decodeURIComponent(incoming.url ?? ''),
    search: new URL(incoming.url ?? '', 'http://provider').searchParams,
    authorization: incoming.headers.authorization,
    content: text === '' ? {} : form ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text),
  };
}

function send(reply: ServerResponse, { status, body }: ProviderAnswer): void {
  reply.writeHead(status, { 'content-type': 'application/json' });
  reply.end(body === undefined ? undefined : JSON.stringify(body));
}
