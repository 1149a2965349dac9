import type { SipRequest } from '../message/message.ts';
import { parseNameAddr } from '../message/name-addr.ts';
import { hasOptionTag } from '../message/option-tags.ts';
import type { Flow } from '../transport/flow.ts';
import { type Binding, contactOf } from './binding.ts';
import { type RequestedContact, readWish } from './register-request.ts';
import { isSameUri } from './same-uri.ts';

export interface RegistrarOptions {
  /** Shorter wishes get 423 (RFC 3261 10.3, step 7). Default 60 s: below it REGISTERs cost more than the calls. */
  readonly minExpiresSeconds?: number;
  /** Longer wishes are shortened. Default 3600 s, the time after which a PBX that vanished is forgotten. */
  readonly maxExpiresSeconds?: number;
  /** Bindings of one owner. Default 10: a PBX has one or two, a phone that restarts without farewell leaves a few. */
  readonly maxBindings?: number;
  /** A new binding, or one that was refreshed. */
  registered?(binding: Binding, kind: 'new' | 'refreshed'): void;
  unregistered?(binding: Binding, reason: UnregisteredReason): void;
}

export type UnregisteredReason = 'removed' | 'replaced' | 'expired' | 'flow_lost';

/** A REGISTER from a known sender. */
export interface RegisterArrival {
  readonly request: SipRequest;
  readonly source: Flow;
  readonly owner: string;
  readonly username?: string;
}

/** What to answer. */
export type RegisterVerdict =
  | { readonly kind: 'done'; readonly bindings: readonly Binding[]; readonly usesOutbound: boolean }
  | { readonly kind: 'too-brief'; readonly minExpiresSeconds: number }
  | { readonly kind: 'too-many'; readonly limit: number }
  | { readonly kind: 'out-of-order' };

const DEFAULT_MIN_EXPIRES_SECONDS = 60;
const DEFAULT_MAX_EXPIRES_SECONDS = 3600;
const DEFAULT_MAX_BINDINGS = 10;

/** RFC 3261 10.3: 423 is only for wishes below an hour. */
const NEVER_TOO_BRIEF_SECONDS = 3600;

/** Where registered users are (RFC 3261 10.3, RFC 3327, RFC 5626 6). Pure: time and senders are given. */
export class Registrar {
  readonly #options: RegistrarOptions;
  readonly #byOwner = new Map<string, readonly Binding[]>();

  constructor(options: RegistrarOptions = {}) {
    this.#options = options;
  }

  /**
   * Does all that a REGISTER asks for, or nothing of it.
   * @throws SipParseError for what deserves 400.
   */
  register(arrival: RegisterArrival, nowMs: number): RegisterVerdict {
    const { request, owner } = arrival;
    const wish = readWish(request);
    const addressOfRecord = request.to.uri.user ?? '';
    this.#drop(owner, (binding) => binding.expiresAtMs <= nowMs, 'expired');
    const all = this.#byOwner.get(owner) ?? [];
    const ours = all.filter((binding) => binding.addressOfRecord === addressOfRecord);
    if (wish.kind === 'query') return { kind: 'done', bindings: ours, usesOutbound: false };
    const change =
      wish.kind === 'remove-all' ? removalOfAll(ours, request) : this.#change(wish.contacts, arrival, ours, nowMs);
    if (change.kind !== 'change') return change;
    const gone = change.removed.map(({ binding }) => binding);
    const kept = all.filter((binding) => !gone.includes(binding));
    const limit = this.#options.maxBindings ?? DEFAULT_MAX_BINDINGS;
    if (change.added.length > 0 && kept.length + change.added.length > limit) return { kind: 'too-many', limit };
    this.#keep(owner, [...kept, ...change.added]);
    this.#tell(change);
    const bindings = [...kept, ...change.added].filter((binding) => binding.addressOfRecord === addressOfRecord);
    return { kind: 'done', bindings, usesOutbound: change.added.some(({ regId }) => regId !== undefined) };
  }

  /** Ways to call an owner, the preferred first, then the newest; a contact that is no SIP URI is kept, but not called. */
  find(owner: string, nowMs: number): readonly Binding[] {
    const live = (this.#byOwner.get(owner) ?? []).filter(
      (binding) => binding.expiresAtMs > nowMs && contactOf(binding).scheme.startsWith('sip'),
    );
    return live.sort((one, other) => other.q - one.q || other.registeredAtMs - one.registeredAtMs);
  }

  /** A connection closed: what was registered over it cannot be reached (RFC 5626 6). */
  flowLost(connection: number): void {
    for (const owner of this.#byOwner.keys()) {
      this.#drop(owner, (binding) => binding.flow.connection === connection, 'flow_lost');
    }
  }

  /** Forgets what has expired. */
  sweep(nowMs: number): void {
    for (const owner of this.#byOwner.keys()) {
      this.#drop(owner, (binding) => binding.expiresAtMs <= nowMs, 'expired');
    }
  }

  get size(): number {
    let size = 0;
    for (const bindings of this.#byOwner.values()) size += bindings.length;
    return size;
  }

  snapshot(): readonly Binding[] {
    return [...this.#byOwner.values()].flat();
  }

  /** Takes over what another process knew; its connections ended with it, so what came over one is left out. */
  restore(snapshot: readonly Binding[]): void {
    for (const binding of snapshot) {
      if (binding.flow.transport !== 'udp') continue;
      this.#keep(binding.owner, [...(this.#byOwner.get(binding.owner) ?? []), binding]);
    }
  }

  #change(
    contacts: readonly RequestedContact[],
    arrival: RegisterArrival,
    ours: readonly Binding[],
    nowMs: number,
  ): Change | Exclude<RegisterVerdict, { kind: 'done' }> {
    const { minExpiresSeconds = DEFAULT_MIN_EXPIRES_SECONDS, maxExpiresSeconds = DEFAULT_MAX_EXPIRES_SECONDS } =
      this.#options;
    const path = arrival.request.headers.list('Path');
    const added: Binding[] = [];
    const removed: Removal[] = [];
    for (const contact of contacts) {
      const { expiresSeconds } = contact;
      const isTooBrief = expiresSeconds > 0 && expiresSeconds < Math.min(minExpiresSeconds, NEVER_TOO_BRIEF_SECONDS);
      if (isTooBrief) return { kind: 'too-brief', minExpiresSeconds };
      const outbound = hasOutbound(arrival.request, contact, path);
      const known = ours.filter((binding) => isSameBinding(binding, contact, outbound));
      if (known.some((binding) => !isNewer(arrival.request, binding))) return { kind: 'out-of-order' };
      const isRemoval = expiresSeconds === 0;
      for (const binding of known)
        removed.push({ binding, reason: isRemoval ? 'removed' : replacement(binding, contact) });
      const seconds = Math.min(expiresSeconds, maxExpiresSeconds);
      if (!isRemoval) added.push(newBinding(arrival, contact, { path, outbound, nowMs, seconds }));
    }
    return { kind: 'change', added, removed };
  }

  #keep(owner: string, bindings: readonly Binding[]): void {
    if (bindings.length === 0) this.#byOwner.delete(owner);
    else this.#byOwner.set(owner, bindings);
  }

  #drop(owner: string, isGone: (binding: Binding) => boolean, reason: UnregisteredReason): void {
    const gone = this.#byOwner.get(owner)?.filter(isGone) ?? [];
    if (gone.length === 0) return;
    this.#keep(owner, this.#byOwner.get(owner)?.filter((binding) => !isGone(binding)) ?? []);
    for (const binding of gone) this.#options.unregistered?.(binding, reason);
  }

  #tell({ added, removed }: Change): void {
    const refreshed = new Set<string>();
    for (const { binding, reason } of removed) {
      if (reason === 'refreshed') refreshed.add(binding.contact);
      else this.#options.unregistered?.(binding, reason);
    }
    for (const binding of added) {
      this.#options.registered?.(binding, refreshed.has(binding.contact) ? 'refreshed' : 'new');
    }
  }
}

interface Removal {
  readonly binding: Binding;
  readonly reason: 'removed' | 'replaced' | 'refreshed';
}

interface Change {
  readonly kind: 'change';
  readonly added: readonly Binding[];
  readonly removed: readonly Removal[];
}

function removalOfAll(ours: readonly Binding[], request: SipRequest): Change | { readonly kind: 'out-of-order' } {
  if (ours.some((binding) => !isNewer(request, binding))) return { kind: 'out-of-order' };
  return { kind: 'change', added: [], removed: ours.map((binding) => ({ binding, reason: 'removed' })) };
}

/** RFC 3261 10.3, step 7: within one Call-ID the number has to grow. */
function isNewer(request: SipRequest, binding: Binding): boolean {
  return request.callId !== binding.callId || request.cseq.number > binding.sequence;
}

/** RFC 5626 6: a flow of its own, by instance and reg-id, unless a first hop that cannot keep flows lies between. */
function hasOutbound(request: SipRequest, contact: RequestedContact, path: readonly string[]): boolean {
  if (contact.instanceId === undefined || contact.regId === undefined) return false;
  if (!hasOptionTag(request, 'Supported', 'outbound')) return false;
  if (request.headers.list('Via').length === 1) return true;
  const edge = path.at(-1);
  return edge !== undefined && parseNameAddr(edge).uri.parameters.has('ob');
}

function isSameBinding(binding: Binding, contact: RequestedContact, outbound: boolean): boolean {
  if (outbound) return binding.instanceId === contact.instanceId && binding.regId === contact.regId;
  return binding.regId === undefined && isSameUri(contactOf(binding), contact.uri);
}

/** The same contact again is a refresh; the same instance from elsewhere takes the place of its earlier self. */
function replacement(binding: Binding, contact: RequestedContact): 'refreshed' | 'replaced' {
  return binding.contact === contact.uri.text ? 'refreshed' : 'replaced';
}

function newBinding(
  { request, source, owner, username }: RegisterArrival,
  { uri, q, instanceId, regId }: RequestedContact,
  terms: { path: readonly string[]; outbound: boolean; nowMs: number; seconds: number },
): Binding {
  const userAgent = request.headers.get('User-Agent');
  return {
    owner,
    ...(username === undefined ? {} : { username }),
    addressOfRecord: request.to.uri.user ?? '',
    contact: uri.text,
    q,
    callId: request.callId,
    sequence: request.cseq.number,
    expiresAtMs: terms.nowMs + terms.seconds * 1000,
    registeredAtMs: terms.nowMs,
    flow: source,
    path: terms.path,
    ...(instanceId === undefined ? {} : { instanceId }),
    ...(terms.outbound && regId !== undefined ? { regId } : {}),
    ...(userAgent === undefined ? {} : { userAgent }),
  };
}
