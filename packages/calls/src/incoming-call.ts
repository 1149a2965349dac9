/** One inbound call on the main thread: route, store, answer, hand over to a media thread, end. */
import { randomUUID } from 'node:crypto';
import type { IncomingCall, SessionDescription } from '@dialplane/sip';
import { CallJournal } from './call-journal.ts';
import { type CallEffect, type CallState, type CallStimulus, callTransitions } from './call-state.ts';
import type { OpenedCall } from './directory.ts';
import { type EndingReason, endings } from './endings.ts';
import { agreeOnIncomingAudio, type IncomingAudio } from './incoming-audio.ts';
import type { IncomingCallContext } from './incoming-call-context.ts';
import { InfoDigits } from './info-digits.ts';
import type { LiveCall } from './live-call.ts';
import { mediaAgreement } from './media-encryption.ts';
import { type MediaPlace, type MediaPool, MediaRefused } from './media-thread/media-pool.ts';
import { SilentPeer } from './media-verdict/silent-peer.ts';
import { claimsOf } from './parties.ts';
import { Reception } from './reception.ts';
import type { RecordingPlan } from './recording/plan.ts';
import { refusalHeaders } from './refusal-headers.ts';
import { placeOf } from './refused-call.ts';
import { TurnedAway } from './turned-away.ts';

export class IncomingCallHandler implements LiveCall {
  /** Another one after a transfer of the caller's that put its new call in the place of the old one. */
  #sip: IncomingCall;
  #infoDigits: InfoDigits;
  readonly #context: IncomingCallContext;
  readonly #originMs: number;
  readonly #reception: Reception;
  /** Name of the call on its media thread; the stored id is known only after the store has answered. */
  readonly #mediaKey = randomUUID();
  #state: CallState = 'preparing';
  #ending: { reason: EndingReason; status: number } = { reason: 'internal_error', status: 500 };
  /** Why the call was turned away, where it is told more exactly than by the ending. */
  #refusal: string | undefined;
  readonly #journal: CallJournal;
  #place: MediaPlace | undefined;
  #audio: IncomingAudio | undefined;
  #recording: RecordingPlan | undefined;
  /** From then on the media thread owns the record. */
  #mediaStarted = false;
  #preparing: Promise<void> = Promise.resolve();
  #deadline: NodeJS.Timeout | undefined;
  readonly #silentPeer = new SilentPeer({
    sendOptions: () => this.#sip.sendRequest('OPTIONS'),
    isThere: () => this.#place?.peerAnswered(),
    isGone: (ending) => this.#stimulate('signalling_lost', ending),
  });
  #released: () => void = () => {};
  /** Resolves when the call is over and everything about it is stored. */
  readonly released = new Promise<void>((resolve) => {
    this.#released = resolve;
  });

  constructor(sip: IncomingCall, context: IncomingCallContext) {
    this.#sip = sip;
    this.#context = context;
    this.#originMs = sip.receivedAtMs;
    this.#journal = new CallJournal({ ...context, originMs: this.#originMs });
    this.#reception = new Reception(sip, context);
    this.#infoDigits = this.#infoDigitsOf(sip);
    this.#listen(sip);
  }

  #infoDigitsOf(sip: IncomingCall): InfoDigits {
    return new InfoDigits(sip, (digit) => this.#place?.signalledDigit(digit, 'api'));
  }

  #listen(sip: IncomingCall): void {
    sip.handle({
      cancelled: () => this.#stimulate('caller_cancelled', 'caller_cancelled'),
      ended: ({ by }) => {
        if (sip !== this.#sip) return;
        if (by === 'remote') this.#stimulate('caller_hung_up', 'caller_hung_up');
        if (by === 'timeout') this.#stimulate('signalling_lost', this.#silentPeer.ending ?? 'unreachable');
        if (by === 'session_timer') this.#stimulate('session_expired', 'session_timer_expired');
      },
      acknowledged: (answer) => this.#acknowledged(answer),
      offered: (offer) => this.#renegotiate(offer),
      offerWanted: () => (this.#state === 'answered' ? this.#audio?.agreement.offer() : undefined),
      answerReceived: (answer) => void this.#audio?.agreement.answered(answer),
      digit: (digit) => this.#place?.signalledDigit(digit, 'caller'),
      replaced: (other) => this.#moveTo(other),
    });
  }

  /** A re-INVITE or UPDATE: the same port, whatever codec, address and direction it brings. */
  #renegotiate(offer: SessionDescription): string | undefined {
    return this.#state === 'answered' ? this.#audio?.agreement.answer(offer) : undefined;
  }

  /** The caller goes on in another call (RFC 3891): the same conversation, wherever its sound is from now on. */
  #moveTo(other: IncomingCall): void {
    const answer = other.offer && this.#renegotiate(other.offer);
    if (answer === undefined) {
      other.refuse(488);
      return;
    }
    this.#sip = other;
    this.#infoDigits = this.#infoDigitsOf(other);
    this.#listen(other);
    other.answer(answer);
  }

  /** Ends the call in whatever state it is. */
  stop(): void {
    this.#stimulate('stopped_by_operator', 'ended_by_person');
  }

  /** The call as it is stored; undefined before. */
  get stored(): OpenedCall | undefined {
    return this.#journal.opened;
  }

  hangUp(): Promise<void> {
    // Somebody does not want this call: 603 keeps the carrier from trying elsewhere.
    this.#stimulate('stopped_by_operator', 'ended_by_api', this.#state === 'preparing' ? 603 : undefined);
    return this.released;
  }

  pressDigits(digits: string): ReturnType<LiveCall['pressDigits']> {
    if (this.#state !== 'answered') return 'not_answered';
    if (this.#audio?.agreement.agreed?.telephoneEventPayloadType !== undefined) this.#place?.pressDigits(digits);
    else if (this.#sip.peerAllows('INFO')) this.#infoDigits.add(digits);
    else return 'digits_not_agreed';
    return 'pressed';
  }

  say(text: string): ReturnType<LiveCall['say']> {
    if (this.#state !== 'answered') return 'not_answered';
    this.#place?.say(text);
    return 'accepted';
  }

  pauseRecording(): ReturnType<LiveCall['pauseRecording']> {
    if (!this.#recording || this.#state !== 'answered') return 'not_recorded';
    this.#place?.pauseRecording('api');
    return 'accepted';
  }

  resumeRecording(): ReturnType<LiveCall['resumeRecording']> {
    if (!this.#recording || this.#state !== 'answered') return 'not_recorded';
    this.#place?.resumeRecording('api');
    return 'accepted';
  }

  run(): void {
    this.#deadline = setTimeout(() => {
      this.#refusal = `The call could not be answered within ${this.#context.answerWithinMs / 1000} s.`;
      this.#stimulate('turned_away', 'internal_error', 503);
    }, this.#context.answerWithinMs);
    this.#preparing = this.#prepareOrTurnAway();
  }

  async #prepareOrTurnAway(): Promise<void> {
    try {
      await this.#prepare();
      this.#stimulate('prepared');
    } catch (error) {
      if (error instanceof TurnedAway) {
        this.#refusal = error.message;
        this.#stimulate('turned_away', error.reason, error.status);
        return;
      }
      this.#context.log.error({ err: error, sipCallId: this.#sip.callId }, 'a call could not be prepared');
      this.#stimulate('failed', 'internal_error');
    }
  }

  async #prepare(): Promise<void> {
    const { directory, media, mediaAddresses } = this.#context;
    const sip = this.#sip;
    const received = await this.#reception.receive();
    const { trunk, parties } = received;
    const called = parties.dialled.number;
    this.#journal.emit({
      kind: 'invite_received',
      sipCallId: sip.callId,
      ...placeOf(sip.source),
      caller: parties.caller,
      called,
      ...claimsOf(parties),
    });
    const { agent, offer } = received.answerer();
    this.#journal.emit({ kind: 'routed', agentId: agent.id, agentName: agent.name, steps: received.steps });
    sip.ring();
    this.#journal.emit({ kind: 'ringing' });

    const profile = await directory.findAgentProfile(trunk.orgId, agent.id);
    if (!profile) throw new TurnedAway('no_agent', trunk.noAgentStatus);
    await this.#context.prompts.ready(profile.settings);
    if (this.#over()) return;
    // Stored before the 200 OK: no answered call is ever without a record.
    const opened = await this.#journal.open((events) =>
      directory.openCall({
        orgId: trunk.orgId,
        trunkId: trunk.id,
        trunkKind: trunk.kind,
        agentId: agent.id,
        sipCallId: sip.callId,
        caller: parties.caller,
        callerIsNumber: parties.callerIsNumber,
        callerName: parties.callerName,
        called,
        host: sip.request.uri.host,
        startedAt: new Date(this.#originMs),
        events,
      }),
    );
    if (this.#over()) return;
    const address = await mediaAddresses.facing(sip.source);
    if (profile.isRecorded) this.#recording = this.#context.recordings?.plan(opened);
    const noiseSuppression = profile.noiseSuppression === 'inherit' ? trunk.noiseSuppression : profile.noiseSuppression;
    this.#place = await this.#openMedia(media, { ...profile, noiseSuppression, history: opened.history });
    const place = { address, port: this.#place.localPort };
    this.#audio = agreeOnIncomingAudio({ sip, trunk, place, originMs: this.#originMs, offer });
  }

  /** The caller may give up while we wait for the store or the media thread. */
  #over(): boolean {
    return this.#state === 'ended';
  }

  async #openMedia(media: MediaPool, conversation: Parameters<MediaPool['open']>[1]): Promise<MediaPlace> {
    try {
      return await media.open(this.#mediaKey, conversation, {
        events: (events) => this.#journal.add(events),
        conversationOver: (end) => this.#stimulate('conversation_over', end),
        failed: (error) => {
          this.#context.log.error({ err: error, callId: this.stored?.id }, 'a call failed on its media thread');
          this.#stimulate('failed', 'internal_error');
        },
        silent: (ending) => void this.#silentPeer.ask(ending),
        closed: () => this.#stimulate('media_closed'),
      });
    } catch (error) {
      if (error instanceof MediaRefused && error.code === 'range_exhausted') throw new TurnedAway('over_capacity');
      throw error;
    }
  }

  #stimulate(stimulus: CallStimulus, reason?: EndingReason, status?: number): void {
    const { to, effects } = callTransitions[this.#state][stimulus];
    if (to !== this.#state && reason && to !== 'answered') {
      this.#ending = { reason, status: status ?? endings[reason].sipCode };
    }
    this.#state = to;
    if (to !== 'preparing') clearTimeout(this.#deadline);
    for (const effect of effects) this.#carryOut(effect);
  }

  #carryOut(effect: CallEffect): void {
    const { reason, status } = this.#ending;
    switch (effect) {
      case 'answer':
        this.#answer();
        break;
      case 'start_media':
        this.#startMedia();
        break;
      case 'refuse':
        this.#refuse(reason, status >= 300 ? status : 503);
        break;
      case 'hang_up':
        void this.#sip.hangup({ q850Cause: endings[reason].q850Cause, text: endings[reason].sentence });
        break;
      case 'stop_media':
        if (!this.#mediaStarted) this.#recordEnd();
        this.#place?.stop(reason, status);
        break;
      case 'record_end':
        this.#recordEnd();
        break;
      case 'release':
        void this.#release();
    }
  }

  #refuse(reason: EndingReason, status: number): void {
    this.#sip.refuse(status, { headers: refusalHeaders(reason, status, this.#refusal) });
    this.#reception.noteRefusal(reason, status, this.#refusal);
  }

  #answer(): void {
    if (!this.stored || !this.#audio) return;
    this.#sip.answer(this.#audio.description, { [`${this.#context.headerPrefix}-SESSION-ID`]: this.stored.sessionId });
  }

  /** Once it is known where the sound goes: at the 200, or at the ACK where the offer was ours. */
  #startMedia(): void {
    const audio = this.#audio?.agreement.agreed;
    if (!audio || this.#mediaStarted) return;
    const encrypted = { signalling: this.#sip.source.transport === 'tls', media: audio.crypto !== undefined };
    this.#journal.emit({ kind: 'answered', codec: audio.codec, encrypted });
    this.#mediaStarted = true;
    this.#place?.start({
      ...mediaAgreement(audio),
      originMs: this.#originMs,
      nextSeq: this.#journal.nextSeq,
      localAddress: this.#audio?.agreement.address ?? '',
      recording: this.#recording,
    });
    this.#audio?.agreement.follow((changed) => this.#place?.connect(changed));
  }

  /** The ACK; it brings the answer where the offer was ours. */
  #acknowledged(answer: SessionDescription | undefined): void {
    if (this.#state !== 'answered' || this.#audio?.agreement.agreed) return;
    if (answer && this.#audio?.agreement.answered(answer)) this.#startMedia();
    else this.#stimulate('turned_away', this.#audio?.unagreed ?? 'no_common_codec');
  }

  #recordEnd(): void {
    const { reason, status } = this.#ending;
    this.#journal.emit({ kind: 'ended', reason, ...endings[reason], sipCode: status });
  }

  /** Waits for what was under way when the call ended, frees the media port and lets the record settle. */
  async #release(): Promise<void> {
    // Not awaited in the same turn: `run` may still be inside the synchronous part of its preparation.
    await Promise.resolve();
    await this.#preparing;
    this.#place?.stop(this.#ending.reason, this.#ending.status);
    this.#reception.leave();
    await this.#journal.settled();
    this.#context.onReleased(this);
    this.#released();
  }
}
