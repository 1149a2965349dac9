import { audioOffer, type LocalAudio, type NegotiatedAudio, type SipRequest, type SipResponse } from '@dialplane/sip';
import { agreeOn } from './carrier-agreement.ts';
import type { CarrierMedia } from './carrier-media.ts';
import type { MessageBody } from './carrier-message.ts';
import type { CarrierRequests } from './carrier-requests.ts';
import type { CarrierLine } from './carrier-wire.ts';

export interface CarrierDialogState {
  readonly callId: string;
  readonly line: CarrierLine;
  /** Values of From and To of the carrier's own requests. */
  readonly local: string;
  readonly remote: string;
  /** Contact of the other side. */
  readonly remoteTarget: string;
  /** CSeq of the carrier's last request. */
  readonly sequence: number;
  /** Route headers that the other side has to bring, in their order. */
  readonly expectedRoutes: readonly string[];
  /** Where the other side's requests have to be addressed. */
  readonly contact: string;
  readonly media: CarrierMedia;
  /** The carrier's side of the media, as first described. */
  readonly localAudio: LocalAudio;
  readonly audio: NegotiatedAudio | undefined;
}

export interface CarrierCallEnd {
  readonly by: 'carrier' | 'peer';
  /** Reason header of the other side's BYE. */
  readonly reason: string | undefined;
}

/** A call that was answered, in either direction. */
export interface CarrierCall {
  readonly callId: string;
  readonly media: CarrierMedia;
  /** Undefined when offer and answer had nothing in common. */
  readonly audio: NegotiatedAudio | undefined;
  /** Resolves with the other side's ACK for the carrier's answer. */
  readonly acknowledged: Promise<void>;
  readonly ended: Promise<CarrierCallEnd>;
  /** A request within the call; resolves with its final response. */
  send(method: string, headers?: readonly string[], body?: MessageBody): Promise<SipResponse>;
  hangup(): Promise<void>;
}

/** One dialog of the carrier, in either role. */
export class CarrierDialog implements CarrierCall {
  readonly #state: CarrierDialogState;
  readonly #requests: CarrierRequests;
  readonly #ended = Promise.withResolvers<CarrierCallEnd>();
  readonly #acknowledged = Promise.withResolvers<void>();
  #sequence: number;
  #sessionVersion = 1;
  #isOver = false;

  constructor(state: CarrierDialogState, requests: CarrierRequests) {
    this.#state = state;
    this.#requests = requests;
    this.#sequence = state.sequence;
  }

  get callId() {
    return this.#state.callId;
  }

  get media() {
    return this.#state.media;
  }

  get audio() {
    return this.#state.audio;
  }

  get ended() {
    return this.#ended.promise;
  }

  get acknowledged() {
    return this.#acknowledged.promise;
  }

  /** Whether a request came by another way than through the carrier's proxies to its Contact (RFC 3261 12.2.1.1). */
  strays({ uri, headers }: SipRequest): boolean {
    const { expectedRoutes, contact } = this.#state;
    const routes = headers.list('Route');
    return uri.text !== contact || routes.join() !== expectedRoutes.join();
  }

  /** An offer like the first one, as a new version of it. */
  offerAgain(): string {
    this.#sessionVersion += 1;
    return audioOffer({ ...this.#state.localAudio, sessionVersion: this.#sessionVersion });
  }

  /** The answer to a changed offer; undefined when nothing is common. */
  answerTo(offer: Buffer): string | undefined {
    this.#sessionVersion += 1;
    const agreed = agreeOn(offer, { ...this.#state.localAudio, sessionVersion: this.#sessionVersion });
    if (agreed) this.#state.media.connect(agreed);
    return agreed?.answer;
  }

  acknowledge(): void {
    this.#acknowledged.resolve();
  }

  get isOver() {
    return this.#isOver;
  }

  async end(by: CarrierCallEnd['by'], reason?: string): Promise<void> {
    this.#isOver = true;
    this.#ended.resolve({ by, reason });
    await this.#state.media.close();
  }

  send(method: string, headers: readonly string[] = [], body?: MessageBody): Promise<SipResponse> {
    this.#sequence += 1;
    return this.#requests.send(this.#state.line, this.#draft(method, headers, body));
  }

  /** For the 2xx to the last INVITE sent. */
  sendAck(): void {
    this.#requests.sendAck(this.#state.line, this.#draft('ACK', []));
  }

  async hangup(): Promise<void> {
    this.#isOver = true;
    await this.send('BYE');
    await this.end('carrier');
  }

  #draft(method: string, headers: readonly string[], body?: MessageBody) {
    const { remoteTarget, local, remote, callId } = this.#state;
    const sequence = this.#sequence;
    return { method, uri: remoteTarget, from: local, to: remote, callId, sequence, headers, ...(body && { body }) };
  }
}
