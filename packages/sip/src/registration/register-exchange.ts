import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { DigestClient } from '../digest/client.ts';
import type { SipResponse } from '../message/message.ts';
import { retryAfterMs } from '../message/retry-after.ts';
import type { RequestDraft } from '../message/serialiser.ts';
import { parseUri, writeHostPort } from '../message/uri.ts';
import type { Route } from '../resolve/route.ts';
import type { ClientTransactionHandlers } from '../transaction/client-transaction.ts';
import { contactUri, type Path } from '../transport/flow.ts';
import {
  errorOf,
  grantedSeconds,
  isPassing,
  minExpiresSeconds,
  noAnswer,
  notGranted,
  redirectionTarget,
  unreachable,
} from './register-answer.ts';
import { registerDraft } from './register-draft.ts';
import type { RegistrationError, RegistrationOptions } from './registration-types.ts';

/** How sendings reach the registrar. */
export interface RegisterWire {
  readonly userAgent: string;
  readonly allow: string;
  /** Places to send to, best first. Rejects when there are none. */
  routesTo(uri: string): Promise<Pick<Route, 'next' | 'hasNext' | 'failed' | 'succeeded'>>;
  send(draft: RequestDraft, path: Path, handlers: ClientTransactionHandlers): void;
}

/** What became of a REGISTER; the words are those of the table. */
export type RegisterOutcome =
  | { readonly event: 'accepted'; readonly path: Path; readonly contact: string; readonly grantedSeconds: number }
  | { readonly event: 'again' | 'moved' }
  | {
      readonly event: 'nextServer' | 'failed' | 'refused';
      readonly error: RegistrationError;
      readonly retryAfterMs: number;
    };

interface ContactWish {
  readonly uri: string;
  readonly expiresSeconds: number;
}

const DEFAULT_EXPIRES_SECONDS = 600;

/** Challenges, longer times and redirections of one try; more is a loop. */
const MAX_ATTEMPTS = 6;

/** Sends the REGISTERs of one registration and reads their answers (RFC 3261 10.2.4 to 10.2.8). */
export class RegisterExchange {
  /** User part of our Contact: nobody can guess it, so a call to it comes from who was told. No telephone number, either. */
  readonly token: string;
  readonly callId: string;
  readonly fromTag: string;
  readonly digest: DigestClient | undefined;
  sequence: number;
  /** Where the registrar sees us (RFC 3581). */
  seenAs: { readonly address: string; readonly port: number } | undefined;
  path: Path | undefined;
  /** The Contact that is registered now; when another one is to be, this one is taken back in the same REGISTER. */
  registered: string | undefined;
  readonly #wire: RegisterWire;
  readonly #options: RegistrationOptions;
  readonly #tell: (outcome: RegisterOutcome) => void;
  #askedSeconds: number;
  /** Where REGISTER goes: the registrar, or where it has sent us. */
  #target: string;
  #route: Pick<Route, 'next' | 'hasNext' | 'failed' | 'succeeded'> | undefined;
  /** Contact of the REGISTER that is out. */
  #contact = '';
  #attempts = 0;
  /** Answers to earlier sendings are not listened to. */
  #sending = 0;

  constructor(wire: RegisterWire, options: RegistrationOptions, tell: (outcome: RegisterOutcome) => void) {
    // Throws now, not later, when an address cannot be used.
    for (const uri of [options.registrar, options.addressOfRecord, options.outboundProxy]) if (uri) parseUri(uri);
    const { snapshot, credentials } = options;
    this.token = snapshot?.token ?? `reg-${randomBytes(8).toString('hex')}`;
    this.callId = snapshot?.callId ?? randomBytes(16).toString('hex');
    this.fromTag = snapshot?.fromTag ?? randomBytes(8).toString('hex');
    this.sequence = snapshot?.sequence ?? 0;
    this.digest = credentials && new DigestClient(credentials, snapshot?.digest);
    this.#wire = wire;
    this.#options = options;
    this.#tell = tell;
    this.#askedSeconds = options.expiresSeconds ?? DEFAULT_EXPIRES_SECONDS;
    this.#target = options.registrar;
  }

  /** A new try: looks up the registrar's servers and sends to the first. */
  async locate(): Promise<void> {
    const sending = ++this.#sending;
    const place = this.#options.outboundProxy ?? this.#target;
    try {
      const route = await this.#wire.routesTo(place);
      if (sending !== this.#sending) return;
      this.#route = route;
      await this.sendNext();
    } catch (error) {
      if (sending === this.#sending) this.#fail('failed', unreachable(parseUri(place).host, error));
    }
  }

  async sendNext(): Promise<void> {
    const sending = ++this.#sending;
    try {
      const path = await this.#route?.next();
      if (sending !== this.#sending || !path) return;
      this.path = path;
      this.send();
    } catch (error) {
      if (sending === this.#sending) this.#fail('failed', unreachable(parseUri(this.#target).host, error));
    }
  }

  send(): void {
    const { registered } = this;
    this.#contact = this.contact ?? '';
    const wishes: ContactWish[] = [{ uri: this.#contact, expiresSeconds: this.#askedSeconds }];
    if (registered !== undefined && registered !== this.#contact) wishes.push({ uri: registered, expiresSeconds: 0 });
    this.#sendContacts(wishes);
  }

  /** Takes back our own Contact only, since others may have registered beside us (RFC 3261 10.2.2). */
  sendFarewell(): void {
    const uri = this.registered ?? this.#contact;
    if (this.path && uri !== '') {
      this.#sendContacts([{ uri, expiresSeconds: 0 }]);
      return;
    }
    // Nothing was sent yet, so there is nothing to take back.
    this.silence();
    this.#tell({ event: 'failed', error: noAnswer, retryAfterMs: 0 });
  }

  /** Hears no more of what was sent. */
  silence(): void {
    this.#sending++;
  }

  /** A planned try begins: its attempts count anew. */
  begin(): void {
    this.#attempts = 0;
  }

  /** Our Contact on the current path; from behind a NAT as the registrar sees it, where that is wanted. */
  get contact(): string | undefined {
    if (!this.path) return undefined;
    const seen = this.#options.contactFollowsNat ? this.seenAs : undefined;
    const address = seen ? writeHostPort(seen.address, seen.port) : this.path.address;
    return contactUri({ flow: this.path.flow, address }).replace('sip:', `sip:${this.token}@`);
  }

  #sendContacts(contacts: readonly ContactWish[]): void {
    if (!this.path) return;
    const { path } = this;
    const sending = ++this.#sending;
    const isCurrent = () => sending === this.#sending;
    this.sequence++;
    const draft = registerDraft({
      registrar: this.#target,
      outboundProxy: this.#options.outboundProxy,
      addressOfRecord: this.#options.addressOfRecord,
      callId: this.callId,
      fromTag: this.fromTag,
      sequence: this.sequence,
      contacts,
      allow: this.#wire.allow,
      userAgent: this.#wire.userAgent,
      authorizations: this.digest?.authorize({ method: 'REGISTER', uri: this.#target }) ?? [],
    });
    this.#wire.send(draft, path, {
      response: (response) => {
        if (response.status >= 200 && isCurrent()) this.#receive(response, path, contacts[0]?.expiresSeconds === 0);
      },
      timeout: () => {
        if (isCurrent()) this.#lose('timeout', noAnswer);
      },
      transportError: () => {
        if (isCurrent()) this.#lose('transport', noAnswer);
      },
    });
  }

  #receive(response: SipResponse, path: Path, isFarewell: boolean): void {
    this.#noteHowWeAreSeen(response);
    if (response.status < 300) {
      this.#receiveSuccess(response, path, isFarewell);
      return;
    }
    const wish = this.#attempts++ < MAX_ATTEMPTS ? this.#wishOf(response) : undefined;
    const error = errorOf(response, this.#options.credentials?.username);
    if (wish) this.#tell({ event: wish });
    else if (isPassing(response.status)) this.#lose('refused', error, retryAfterMs(response));
    else this.#fail('refused', error, retryAfterMs(response));
  }

  #receiveSuccess(response: SipResponse, path: Path, isFarewell: boolean): void {
    this.digest?.accepted(response);
    this.#route?.succeeded();
    const granted = isFarewell ? 0 : grantedSeconds(response, this.token, this.#askedSeconds);
    if (granted === 0 && !isFarewell) this.#fail('failed', notGranted);
    else this.#tell({ event: 'accepted', path, contact: this.#contact, grantedSeconds: granted });
  }

  /** What would please, where the answer says it (RFC 3261 10.2.8, 22.2, 8.1.3.4). */
  #wishOf(response: SipResponse): 'again' | 'moved' | undefined {
    const { status } = response;
    if (status === 401 || status === 407) return this.digest?.challenged(response) ? 'again' : undefined;
    const longer = minExpiresSeconds(response);
    if (longer !== undefined && longer > this.#askedSeconds) {
      this.#askedSeconds = longer;
      return 'again';
    }
    const place = redirectionTarget(response);
    if (place === undefined) return undefined;
    this.#target = place;
    return 'moved';
  }

  #lose(failure: 'timeout' | 'transport' | 'refused', error: RegistrationError, waitMs = 0): void {
    this.#route?.failed(failure, error.message, waitMs);
    if (this.#route?.hasNext) this.#tell({ event: 'nextServer', error, retryAfterMs: waitMs });
    else this.#fail('failed', error, waitMs);
  }

  #fail(event: 'failed' | 'refused', error: RegistrationError, waitMs = 0): void {
    // A redirection holds while it works; after that the carrier's own address is asked again.
    this.#target = this.#options.registrar;
    this.#tell({ event, error, retryAfterMs: waitMs });
  }

  #noteHowWeAreSeen({ via }: SipResponse): void {
    const address = (via.parameters.get('received') ?? '').replace(/^\[|\]$/g, '');
    const port = Number(via.parameters.get('rport'));
    // It may become our Contact: nothing but an address has a place there.
    if (isIP(address) !== 0 && port > 0 && port < 65_536) this.seenAs = { address, port };
  }
}
