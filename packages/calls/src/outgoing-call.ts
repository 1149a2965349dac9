/** One call that we make, on the main thread: store, dial, hand over to a media thread, end. */
import { randomUUID } from 'node:crypto';
import {
  audioOffer,
  type LocalAudio,
  type NegotiatedAudio,
  type OutgoingCall,
  readAudioAnswer,
  SdpParseError,
  type SessionDescription,
} from '@dialplane/sip';
import { answerOffer } from './answer-offer.ts';
import { CallRecordWriter } from './call-record.ts';
import type { OpenedCall } from './directory.ts';
import { type EndingReason, endings } from './endings.ts';
import type { CallEvent, CallEventBody } from './events.ts';
import { InfoDigits } from './info-digits.ts';
import type { LiveCall } from './live-call.ts';
import { hasUsableKeys, localEncryption, mediaAgreement } from './media-encryption.ts';
import { type MediaPlace, MediaRefused } from './media-thread/media-pool.ts';
import { SilentPeer } from './media-verdict/silent-peer.ts';
import type { OutgoingCallContext, OutgoingCallPlan } from './outgoing-call-plan.ts';
import { type OutgoingEnding, refusedEnding } from './outgoing-refusal.ts';
import {
  type OutgoingEffect,
  type OutgoingState,
  type OutgoingStimulus,
  outgoingTransitions,
} from './outgoing-state.ts';
import { firstHop, outgoingAddresses, outgoingEncryption } from './outgoing-trunk.ts';

/** The closed list has one ending for it, whoever called whom. */
const calledPartyHungUp: OutgoingEnding = {
  ...endings.caller_hung_up,
  reason: 'caller_hung_up',
  sentence: 'The called party hung up.',
};

export class OutgoingCallHandler implements LiveCall {
  /** Names the call on the wire and on its media thread. */
  readonly sipCallId: string = randomUUID();
  readonly #plan: OutgoingCallPlan;
  readonly #context: OutgoingCallContext;
  readonly #originMs = performance.timeOrigin + performance.now();
  #state: OutgoingState = 'preparing';
  /** Set by whatever ends the call first. */
  #ending: OutgoingEnding | undefined;
  #nextSeq = 0;
  #early: CallEvent[] = [];
  #opened: OpenedCall | undefined;
  #writer: CallRecordWriter | undefined;
  #place: MediaPlace | undefined;
  #local: LocalAudio | undefined;
  #sessionVersion = 1;
  #sip: OutgoingCall | undefined;
  readonly #infoDigits = new InfoDigits(
    { sendDigit: async (digit) => (await this.#sip?.sendDigit(digit)) ?? false },
    (digit) => this.#place?.signalledDigit(digit, 'api'),
  );
  readonly #silentPeer = new SilentPeer({
    sendOptions: async () => (await this.#sip?.sendRequest('OPTIONS')) ?? { response: undefined },
    isThere: () => this.#place?.peerAnswered(),
    isGone: (ending) => this.#stimulate('signalling_lost', ending),
  });
  #audio: NegotiatedAudio | undefined;
  #ringTimer: NodeJS.Timeout | undefined;
  #hasEarlyMedia = false;
  #preparing: Promise<void> = Promise.resolve();
  #released: () => void = () => {};
  /** Resolves when the call is over and everything about it is stored. */
  readonly released = new Promise<void>((resolve) => {
    this.#released = resolve;
  });

  constructor(plan: OutgoingCallPlan, context: OutgoingCallContext) {
    this.#plan = plan;
    this.#context = context;
  }

  run(): void {
    this.#preparing = this.#prepare().then(
      () => this.#stimulate('prepared'),
      (error: unknown) => {
        const isFull = error instanceof MediaRefused && error.code === 'range_exhausted';
        if (!isFull) this.#context.log.error({ err: error }, 'an outgoing call could not be prepared');
        this.#stimulate('not_prepared', isFull ? 'over_capacity' : 'internal_error');
      },
    );
  }

  /** The call as it is stored; undefined before. */
  get stored(): OpenedCall | undefined {
    return this.#opened;
  }

  /** Ends the call in whatever state it is. */
  stop(): void {
    this.#stimulate('stopped', 'ended_by_person');
  }

  hangUp(): Promise<void> {
    this.#stimulate('stopped', 'ended_by_api');
    return this.released;
  }

  pressDigits(digits: string): ReturnType<LiveCall['pressDigits']> {
    if (this.#state !== 'answered') return 'not_answered';
    if (this.#audio?.telephoneEventPayloadType !== undefined) this.#place?.pressDigits(digits);
    else if (this.#sip?.peerAllows('INFO')) this.#infoDigits.add(digits);
    else return 'digits_not_agreed';
    return 'pressed';
  }

  say(text: string): ReturnType<LiveCall['say']> {
    if (this.#state !== 'answered') return 'not_answered';
    this.#place?.say(text);
    return 'accepted';
  }

  /** What is said to whoever answers is known, and may be a secret: no recording. */
  pauseRecording(): ReturnType<LiveCall['pauseRecording']> {
    return 'not_recorded';
  }

  resumeRecording(): ReturnType<LiveCall['resumeRecording']> {
    return 'not_recorded';
  }

  async #prepare(): Promise<void> {
    const { directory, media, mediaAddresses, log } = this.#context;
    const { trunk, called, agentId, announcement } = this.#plan;
    const why = `Over the outbound trunk "${trunk.name}", as ${trunk.callerNumber}.`;
    const steps = [{ rule: 'outbound_trunk', outcome: 'matched', why }] as const;
    this.#emit({ kind: 'routed', agentId, agentName: null, steps });
    // Stored before the INVITE: nobody's telephone rings without a record.
    this.#opened = await directory.openOutgoingCall({
      orgId: trunk.orgId,
      trunkId: trunk.id,
      agentId,
      sipCallId: this.sipCallId,
      caller: trunk.callerNumber,
      called,
      startedAt: new Date(this.#originMs),
      events: this.#early.splice(0),
    });
    this.#writer = new CallRecordWriter(
      this.#opened,
      (call, batch) => directory.appendEvents(call, batch),
      (error, lost) => log.error({ err: error, callId: this.#opened?.id, lost }, 'call events were lost'),
    );
    // What happened while the store worked, such as a stop.
    if (this.#early.length > 0) this.#writer.add(this.#early.splice(0));
    if (this.#state === 'ended') return;
    const address = await mediaAddresses.towards(firstHop(trunk));
    this.#place = await media.open(
      this.sipCallId,
      { announcement },
      {
        events: (events) => this.#writer?.add(events.map((event) => this.#inItsWords(event))),
        conversationOver: (end) => this.#stimulate('speech_over', end),
        failed: (error) => {
          log.error({ err: error, callId: this.#opened?.id }, 'an outgoing call failed on its media thread');
          this.#stimulate('failed', 'internal_error');
        },
        silent: (ending) => void this.#silentPeer.ask(ending),
        closed: () => this.#stimulate('media_closed', 'internal_error'),
      },
    );
    const { codecs } = trunk;
    this.#local = {
      address,
      port: this.#place.localPort,
      codecs,
      sessionId: Math.floor(this.#originMs),
      comfortNoise: true,
      rtcpMux: true,
      ...localEncryption(outgoingEncryption(trunk)),
    };
  }

  /** The media thread knows the reason of an ending; what it says of this call is known here. */
  #inItsWords(event: CallEvent): CallEvent {
    return event.kind === 'ended' && event.reason === this.#ending?.reason
      ? { ...event, sentence: this.#ending.sentence }
      : event;
  }

  #stimulate(stimulus: OutgoingStimulus, ending?: EndingReason | OutgoingEnding): void {
    const { to, effects } = outgoingTransitions[this.#state][stimulus];
    if (to !== this.#state && ending && to !== 'answered') {
      this.#ending ??= typeof ending === 'string' ? { ...endings[ending], reason: ending } : ending;
    }
    this.#state = to;
    for (const effect of effects) this.#carryOut(effect);
  }

  #carryOut(effect: OutgoingEffect): void {
    const { reason, sipCode, q850Cause, sentence } = this.#ending ?? fault;
    switch (effect) {
      case 'dial':
        this.#dial();
        break;
      case 'record_ringing':
        this.#emit({ kind: 'ringing' });
        break;
      case 'record_answer':
        if (this.#audio) this.#emit({ kind: 'answered', codec: this.#audio.codec, encrypted: this.#encrypted });
        break;
      case 'start_media':
        this.#startMedia();
        break;
      case 'hang_up':
        void this.#sip?.hangup({ q850Cause, text: sentence });
        break;
      case 'stop_media':
        this.#place?.stop(reason, sipCode);
        break;
      case 'record_end':
        this.#emit({ kind: 'ended', ...endings[reason], reason, sipCode, q850Cause, sentence });
        break;
      case 'release':
        void this.#release();
    }
  }

  #dial(): void {
    if (!this.#local) return;
    const { trunk, called } = this.#plan;
    const offer = audioOffer(this.#local);
    try {
      const { target, from, outboundProxy, headers } = outgoingAddresses(trunk, called);
      this.#ringTimer = setTimeout(() => this.#stimulate('rang_too_long', 'no_answer'), this.#context.ringTimeoutMs);
      this.#sip = this.#context.endpoint.call({
        target,
        from,
        callId: this.sipCallId,
        sdp: offer,
        headers,
        ...(outboundProxy === undefined ? {} : { outboundProxy }),
        ...(trunk.credentials ? { credentials: trunk.credentials } : {}),
        ...(trunk.tls ? { tls: trunk.tls } : {}),
        handlers: {
          ringing: () => this.#stimulate('provisional'),
          earlyMedia: (_, response) => this.#noteEarlyMedia(response.status),
          answered: (answer) => this.#answered(answer, offer),
          refused: (status, phrase, response) => this.#stimulate('refused', refusedEnding(status, phrase, response)),
          ended: ({ by }) => {
            if (by === 'timeout') this.#stimulate('signalling_lost', this.#silentPeer.ending ?? 'unreachable');
            else if (by === 'session_timer') this.#stimulate('signalling_lost', 'session_timer_expired');
            else this.#stimulate('they_hung_up', calledPartyHungUp);
          },
          digit: (digit) => this.#place?.signalledDigit(digit, 'caller'),
          offered: (changed) => this.#renegotiate(changed),
          offerWanted: () => offer,
          answerReceived: (changed) => this.#renegotiated(changed, offer),
        },
      });
    } catch (error) {
      this.#context.log.error({ err: error, callId: this.#opened?.id }, 'an INVITE could not be written');
      this.#stimulate('refused', 'internal_error');
    }
  }

  get #encrypted() {
    return { signalling: this.#plan.trunk.transport === 'tls', media: this.#audio?.crypto !== undefined };
  }

  /** A tone or an announcement before the answer is let go by (RFC 3960 3.1): nobody of ours is listening yet. */
  #noteEarlyMedia(status: number): void {
    const isWaiting = this.#state === 'dialling' || this.#state === 'ringing';
    if (this.#hasEarlyMedia || !isWaiting) return;
    this.#hasEarlyMedia = true;
    this.#emit({ kind: 'early_media', status });
  }

  #answered(answer: SessionDescription | undefined, offer: string): void {
    clearTimeout(this.#ringTimer);
    this.#audio = answer && readableAnswer(answer, offer);
    if (this.#audio) this.#stimulate('answered');
    else this.#stimulate('answered_in_vain', 'no_common_codec');
  }

  #startMedia(): void {
    if (!this.#audio) return;
    this.#place?.start({
      ...mediaAgreement(this.#audio),
      originMs: this.#originMs,
      nextSeq: this.#nextSeq,
      localAddress: this.#local?.address ?? '',
      recording: undefined,
    });
  }

  /** A re-INVITE or UPDATE: the same port, whatever codec and address it brings. */
  #renegotiate(offer: SessionDescription): string | undefined {
    if (!this.#local || this.#state !== 'answered') return undefined;
    const audio = answerOffer(offer, { ...this.#local, sessionVersion: ++this.#sessionVersion });
    if (!audio) return undefined;
    this.#audio = audio;
    this.#place?.connect(mediaAgreement(audio));
    return audio.answer;
  }

  /** The answer to an offer they asked us for. */
  #renegotiated(answer: SessionDescription, offer: string): void {
    const audio = readableAnswer(answer, offer);
    if (!audio || this.#state !== 'answered') return;
    this.#audio = audio;
    this.#place?.connect(mediaAgreement(audio));
  }

  #emit(body: CallEventBody): void {
    const atMs = Math.round(performance.timeOrigin + performance.now() - this.#originMs);
    const event: CallEvent = { ...body, atMs, seq: this.#nextSeq++ };
    if (this.#writer) this.#writer.add([event]);
    else this.#early.push(event);
  }

  /** Waits for what was under way when the call ended, frees the media port and lets the record settle. */
  async #release(): Promise<void> {
    clearTimeout(this.#ringTimer);
    // Not awaited in the same turn: `run` may still be inside the synchronous part of its preparation.
    await Promise.resolve();
    await this.#preparing;
    const { reason, sipCode } = this.#ending ?? fault;
    this.#place?.stop(reason, sipCode);
    await this.#writer?.settled();
    this.#context.onReleased();
    this.#released();
  }
}

const fault: OutgoingEnding = { ...endings.internal_error, reason: 'internal_error' };

/** Undefined for a description that makes no sense, or has no key that can be used. */
function readableAnswer(answer: SessionDescription, offer: string): NegotiatedAudio | undefined {
  try {
    const audio = readAudioAnswer(answer, offer);
    return audio && hasUsableKeys(audio) ? audio : undefined;
  } catch (error) {
    if (error instanceof SdpParseError) return undefined;
    throw error;
  }
}
