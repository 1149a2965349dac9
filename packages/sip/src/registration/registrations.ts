import type { Signalling } from '../endpoint/signalling.ts';
import type { SipRequest } from '../message/message.ts';
import { parseUri } from '../message/uri.ts';
import type { Flow } from '../transport/flow.ts';
import { RegistrationClient, type RegistrationWire } from './registration-client.ts';
import type { Registration, RegistrationOptions } from './registration-types.ts';

/** The registrations of one endpoint at carriers, and which calls may come in along them. */
export class Registrations {
  readonly #signalling: Signalling;
  readonly #byToken = new Map<string, RegistrationClient>();

  constructor(signalling: Signalling) {
    this.#signalling = signalling;
  }

  /** Registers from now on. @throws SipParseError when an address of the options is none. */
  register(options: RegistrationOptions): Registration {
    const client = new RegistrationClient(wireOf(this.#signalling, options), {
      ...options,
      onChange: (status) => {
        if (status.state === 'stopped') this.#byToken.delete(client.token);
        options.onChange?.(status);
      },
    });
    this.#byToken.set(client.token, client);
    client.start();
    return client;
  }

  /**
   * Whose registration a request came along: its Request-URI is our Contact, whose user part only the registrar was told,
   * and it comes from the registrar's address, over TCP and TLS on the very connection. Undefined for all others.
   */
  trusted(request: SipRequest, flow: Flow): { readonly owner: string } | undefined {
    const client = this.#byToken.get(request.uri.user ?? '');
    return client?.covers(flow) ? { owner: client.owner } : undefined;
  }

  /** Whether we are registered at this address: the guard never silences it. */
  isRegisteredAt(address: string): boolean {
    for (const client of this.#byToken.values()) if (client.isAt(address)) return true;
    return false;
  }

  /** Takes all registrations back. */
  async stop(): Promise<void> {
    await Promise.all([...this.#byToken.values()].map((client) => client.stop()));
  }

  /** Over at once, without a word. */
  abandon(): void {
    for (const client of this.#byToken.values()) client.abandon();
    this.#byToken.clear();
  }
}

function wireOf(signalling: Signalling, options: RegistrationOptions): RegistrationWire {
  const { transports, layer, clock, userAgent, capabilities } = signalling;
  const { transport, tls } = options;
  return {
    clock,
    userAgent,
    allow: capabilities.allow,
    random: Math.random,
    routesTo: (uri) => transports.routesTo(parseUri(uri), { transport, tls }),
    send: (draft, path, handlers) => void layer.sendRequest(draft, path, handlers),
    onFlowLost: (flow, lost) => transports.onFlowLost(flow, lost),
    keepAlive: (flow) => transports.keepAlive(flow),
  };
}
