/** One call that we make, on the main thread: store, dial, hand over to a media thread, end. */
import { randomUUID } from 'node:crypto';
import type { OutgoingCall, SessionDescription } from '@dialplane/sip';
import { AudioAgreement } from './audio-agreement.ts';
import { CallJournal } from './call-journal.ts';
import type { OpenedCall } from './directory.ts';
import { type EndingReason, endings } from './endings.ts';
import type { CallEvent } from './events.ts';
import { InfoDigits } from './info-digits.ts';
import type { LiveCall } from './live-call.ts';
import { localEncryption, mediaAgreement } from './media-encryption.ts';
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
  readonly #journal: CallJournal;
  #place: MediaPlace | undefined;
  #audio: AudioAgreement | undefined;
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
    this.#journal = new CallJournal({ ...context, originMs: this.#originMs });
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
    return this.#journal.opened;
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
    if (this.#audio?.agreed?.telephoneEventPayloadType !== undefined) this.#place?.pressDigits(digits);
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
    this.#journal.emit({ kind: 'routed', agentId, agentName: null, steps });
    // Stored before the INVITE: nobody's telephone rings without a record.
    await this.#journal.open((events) =>
      directory.openOutgoingCall({
        orgId: trunk.orgId,
        trunkId: trunk.id,
        agentId,
        sipCallId: this.sipCallId,
        caller: trunk.callerNumber,
        called,
        startedAt: new Date(this.#originMs),
        events,
      }),
    );
    if (this.#state === 'ended') return;
    const address = await mediaAddresses.towards(firstHop(trunk));
    this.#place = await media.open(
      this.sipCallId,
      { announcement },
      {
        events: (events) => this.#journal.add(events.map((event) => this.#inItsWords(event))),
        conversationOver: (end) => this.#stimulate('speech_over', end),
        failed: (error) => {
          log.error({ err: error, callId: this.stored?.id }, 'an outgoing call failed on its media thread');
          this.#stimulate('failed', 'internal_error');
        },
        silent: (ending) => void this.#silentPeer.ask(ending),
        closed: () => this.#stimulate('media_closed', 'internal_error'),
      },
    );
    this.#audio = new AudioAgreement({
      address,
      port: this.#place.localPort,
      codecs: trunk.codecs,
      sessionId: Math.floor(this.#originMs),
      comfortNoise: true,
      rtcpMux: true,
      ...localEncryption(outgoingEncryption(trunk)),
    });
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
        this.#journal.emit({ kind: 'ringing' });
        break;
      case 'record_answer':
        this.#recordAnswer();
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
        this.#journal.emit({ kind: 'ended', ...endings[reason], reason, sipCode, q850Cause, sentence });
        break;
      case 'release':
        void this.#release();
    }
  }

  #dial(): void {
    if (!this.#audio) return;
    const { trunk, called } = this.#plan;
    const offer = this.#audio.offer();
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
          answered: (answer) => this.#answered(answer),
          refused: (status, phrase, response) => this.#stimulate('refused', refusedEnding(status, phrase, response)),
          ended: ({ by }) => {
            if (by === 'timeout') this.#stimulate('signalling_lost', this.#silentPeer.ending ?? 'unreachable');
            else if (by === 'session_timer') this.#stimulate('signalling_lost', 'session_timer_expired');
            else this.#stimulate('they_hung_up', calledPartyHungUp);
          },
          digit: (digit) => this.#place?.signalledDigit(digit, 'caller'),
          // A re-INVITE or UPDATE: the same port, whatever codec and address it brings.
          offered: (changed) => (this.#state === 'answered' ? this.#audio?.answer(changed) : undefined),
          offerWanted: () => this.#audio?.offer(),
          answerReceived: (changed) => void (this.#state === 'answered' && this.#audio?.answered(changed)),
        },
      });
    } catch (error) {
      this.#context.log.error({ err: error, callId: this.stored?.id }, 'an INVITE could not be written');
      this.#stimulate('refused', 'internal_error');
    }
  }

  #recordAnswer(): void {
    const audio = this.#audio?.agreed;
    if (!audio) return;
    const encrypted = { signalling: this.#plan.trunk.transport === 'tls', media: audio.crypto !== undefined };
    this.#journal.emit({ kind: 'answered', codec: audio.codec, encrypted });
  }

  /** A tone or an announcement before the answer is let go by (RFC 3960 3.1): nobody of ours is listening yet. */
  #noteEarlyMedia(status: number): void {
    const isWaiting = this.#state === 'dialling' || this.#state === 'ringing';
    if (this.#hasEarlyMedia || !isWaiting) return;
    this.#hasEarlyMedia = true;
    this.#journal.emit({ kind: 'early_media', status });
  }

  #answered(answer: SessionDescription | undefined): void {
    clearTimeout(this.#ringTimer);
    if (answer && this.#audio?.answered(answer)) this.#stimulate('answered');
    else this.#stimulate('answered_in_vain', 'no_common_codec');
  }

  #startMedia(): void {
    const audio = this.#audio?.agreed;
    if (!audio) return;
    this.#place?.start({
      ...mediaAgreement(audio),
      originMs: this.#originMs,
      nextSeq: this.#journal.nextSeq,
      localAddress: this.#audio?.address ?? '',
      recording: undefined,
    });
    this.#audio?.follow((changed) => this.#place?.connect(changed));
  }

  /** Waits for what was under way when the call ended, frees the media port and lets the record settle. */
  async #release(): Promise<void> {
    clearTimeout(this.#ringTimer);
    // Not awaited in the same turn: `run` may still be inside the synchronous part of its preparation.
    await Promise.resolve();
    await this.#preparing;
    const { reason, sipCode } = this.#ending ?? fault;
    this.#place?.stop(reason, sipCode);
    await this.#journal.settled();
    this.#context.onReleased();
    this.#released();
  }
}

const fault: OutgoingEnding = { ...endings.internal_error, reason: 'internal_error' };
