import { SipHeaders } from '../message/headers.ts';
import { type SipMessage, type SipRequest, type SipResponse, tagOf } from '../message/message.ts';
import { parseNameAddr } from '../message/name-addr.ts';
import type { RequestDraft } from '../message/serialiser.ts';
import type { Flow } from '../transport/flow.ts';
import { routeRequest } from './route-set.ts';

/** A dialog as plain data, so that it can outlive a process (RFC 3261 12). */
export interface DialogSnapshot {
  readonly role: 'uas' | 'uac';
  readonly callId: string;
  readonly localTag: string;
  /** Empty for RFC 2543 peers without tag. */
  readonly remoteTag: string;
  readonly localUri: string;
  readonly remoteUri: string;
  /** Number of our last request. */
  readonly localSequence: number;
  /** Number of the peer's last request; undefined before its first. */
  readonly remoteSequence: number | undefined;
  /** Number of the INVITE that made the dialog: its ACK has the same. */
  readonly inviteSequence: number;
  /** The peer's Contact. */
  readonly remoteTarget: string;
  /** Record-Route values in the order our requests need them. */
  readonly routeSet: readonly string[];
  readonly flow: Flow;
  /** Whether every hop has to be secure: the dialog began with a `sips:` URI (RFC 3261 12.1.1, 12.1.2). */
  readonly isSecure: boolean;
}

/** Identity of a dialog in a table of dialogs. */
export function dialogKey(callId: string, localTag: string, remoteTag: string): string {
  return `${callId}\n${localTag}\n${remoteTag}`;
}

/** Identity of the dialog a request names, seen from its receiver. */
export function dialogKeyOfRequest(request: SipRequest): string {
  return dialogKey(request.callId, tagOf(request.to) ?? '', tagOf(request.from) ?? '');
}

/** The state two parties share from the first tagged response on; builds requests and keeps order. */
export class Dialog {
  #state: DialogSnapshot;

  private constructor(state: DialogSnapshot) {
    this.#state = state;
  }

  /** The called side (RFC 3261 12.1.1): the route set keeps the order of Record-Route. */
  static asUas(invite: SipRequest, localTag: string, flow: Flow): Dialog {
    return new Dialog({
      role: 'uas',
      callId: invite.callId,
      localTag,
      remoteTag: tagOf(invite.from) ?? '',
      localUri: invite.to.uri.text,
      remoteUri: invite.from.uri.text,
      localSequence: 0,
      remoteSequence: invite.cseq.number,
      inviteSequence: invite.cseq.number,
      remoteTarget: contactOf(invite) ?? invite.from.uri.text,
      routeSet: invite.headers.list('Record-Route'),
      flow,
      isSecure: flow.transport === 'tls' && invite.uri.scheme === 'sips',
    });
  }

  /** The calling side (RFC 3261 12.1.2): the route set reverses Record-Route. */
  static asUac(response: SipResponse, requestUri: string, flow: Flow): Dialog {
    return new Dialog({
      role: 'uac',
      callId: response.callId,
      localTag: tagOf(response.from) ?? '',
      remoteTag: tagOf(response.to) ?? '',
      localUri: response.from.uri.text,
      remoteUri: response.to.uri.text,
      localSequence: response.cseq.number,
      remoteSequence: undefined,
      inviteSequence: response.cseq.number,
      remoteTarget: contactOf(response) ?? requestUri,
      routeSet: response.headers.list('Record-Route').reverse(),
      flow,
      isSecure: requestUri.slice(0, 5).toLowerCase() === 'sips:',
    });
  }

  static restore(snapshot: DialogSnapshot): Dialog {
    return new Dialog(snapshot);
  }

  snapshot(): DialogSnapshot {
    return this.#state;
  }

  get key(): string {
    return dialogKey(this.#state.callId, this.#state.localTag, this.#state.remoteTag);
  }

  get flow(): Flow {
    return this.#state.flow;
  }

  /** A request with the next number; Via and Contact are the transport's and the caller's business. */
  createRequest(method: string): RequestDraft {
    this.#state = { ...this.#state, localSequence: this.#state.localSequence + 1 };
    return this.#draft(method, this.#state.localSequence);
  }

  /** The ACK for the 2xx of the INVITE with that number (RFC 3261 13.2.2.4). */
  createAck(inviteSequence: number): RequestDraft {
    return this.#draft('ACK', inviteSequence);
  }

  /** Takes note of a request's number and flow (RFC 3261 12.2.2); an old number deserves 500. */
  acceptRequest(request: SipRequest, flow: Flow): 'in-order' | 'out-of-order' {
    const { remoteSequence } = this.#state;
    if (remoteSequence !== undefined && request.cseq.number < remoteSequence) return 'out-of-order';
    // A NAT may have moved the peer to another port: answers follow what is seen now.
    this.#state = { ...this.#state, remoteSequence: request.cseq.number, flow };
    return 'in-order';
  }

  /** Takes the peer's new Contact, if it gave one: from a re-INVITE, an UPDATE or its answer (RFC 3261 12.2.1.2, 12.2.2). */
  refreshTarget(target: string | undefined): void {
    this.#state = { ...this.#state, remoteTarget: target ?? this.#state.remoteTarget };
  }

  /** The 2xx makes an early dialog a full one: only its route set counts (RFC 3261 13.2.2.4). */
  confirm(response: SipResponse): void {
    this.#state = { ...this.#state, routeSet: response.headers.list('Record-Route').reverse() };
    this.refreshTarget(contactOf(response));
  }

  #draft(method: string, sequence: number): RequestDraft {
    const state = this.#state;
    const { uri, routes } = routeRequest(state.remoteTarget, state.routeSet);
    const headers = new SipHeaders();
    for (const route of routes) headers.appendReceived('Route', route);
    headers.append('Max-Forwards', '70');
    headers.appendReceived('From', withTag(state.localUri, state.localTag));
    headers.appendReceived('To', withTag(state.remoteUri, state.remoteTag));
    headers.appendReceived('Call-ID', state.callId);
    headers.append('CSeq', `${sequence} ${method}`);
    return { method, uri, headers };
  }
}

function withTag(uri: string, tag: string): string {
  return tag === '' ? `<${uri}>` : `<${uri}>;tag=${tag}`;
}

/**
 * The URI of a message's first Contact.
 * @throws SipParseError
 */
export function contactOf(message: SipMessage): string | undefined {
  const contact = message.headers.list('Contact')[0];
  return contact === undefined || contact === '*' ? undefined : parseNameAddr(contact).uri.text;
}
