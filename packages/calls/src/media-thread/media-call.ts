/** One call on its media thread: packets in, conversation, packets out. Packets and frames never leave this thread. */
import { type Ambience, createVoiceCodec, type VoiceCodec } from '@dialplane/audio';
import type { Conversation } from '@dialplane/conversation';
import { type MediaClock, type MediaClockSeat, type RtpHeader, type RtpLeg, sharedNowMs } from '@dialplane/rtp';
import type { MediaDirection } from '@dialplane/sip';
import { type EndingReason, endings } from '../endings.ts';
import type { CallEvent, CallEventBody, MediaAddress } from '../events.ts';
import { MediaReport } from '../media-verdict/media-report.ts';
import type { SilentEnding } from '../media-verdict/silent-peer.ts';
import { CallRecording, type RecordingHolder } from '../recording/call-recording.ts';
import type { RecordingPlan } from '../recording/plan.ts';
import type { RecorderPort } from '../recording/recorder-port.ts';
import { DigitSequence } from './digit-sequence.ts';
import { frameSamples, IncomingSound } from './incoming-sound.ts';
import { OutgoingSound } from './outgoing-sound.ts';
import type { MediaAgreement, StartMedia } from './protocol.ts';
import { ToneDigits } from './tone-digits.ts';

/** Events wait this long for company; the contract allows 200 ms until they are stored. */
const eventBatchMs = 50;

/** Who speaks to the other side, and may listen: a conversation or an announcement. */
export type Talker = Pick<Conversation, 'start' | 'hear' | 'speak' | 'digit' | 'say' | 'pause' | 'resume' | 'stop'>;

export interface MediaCallSinks {
  readonly events: (events: readonly CallEvent[]) => void;
  readonly failed: (error: unknown) => void;
  /** The other side's sound is missing: to be asked in the signalling whether it is there. */
  readonly silent: (ending: SilentEnding) => void;
}

/** Engines' names for `media_started`. */
export interface EngineNames {
  readonly recogniser: string | null;
  readonly synthesiser: string;
  readonly model: string;
}

export class MediaCall {
  readonly #leg: RtpLeg;
  readonly #clock: MediaClock;
  readonly #sinks: MediaCallSinks;
  readonly #engines: EngineNames;
  readonly #outgoing = new Int16Array(frameSamples);
  readonly #incoming: IncomingSound;
  readonly #encoder = new OutgoingSound();
  readonly #digits: DigitSequence;
  readonly #toneDigits: ToneDigits;
  #conversation: Talker | undefined;
  #ambience: Ambience | undefined;
  #recording: CallRecording | undefined;
  #seat: MediaClockSeat | undefined;
  #codec: VoiceCodec = createVoiceCodec('PCMU');
  #held = false;
  #originMs = 0;
  #nextSeq = 0;
  #wasSpeaking = false;
  #ended = false;
  #release: () => void = () => {};
  #remote: MediaAddress | undefined;
  #report: MediaReport | undefined;
  #batch: CallEvent[] = [];
  #batchTimer: NodeJS.Timeout | undefined;

  constructor(leg: RtpLeg, clock: MediaClock, engines: EngineNames, sinks: MediaCallSinks) {
    this.#leg = leg;
    this.#clock = clock;
    this.#engines = engines;
    this.#sinks = sinks;
    this.#digits = new DigitSequence(leg, (digit) => this.emit({ kind: 'digit', digit, sentBy: 'api' }));
    this.#toneDigits = new ToneDigits(
      (digit) => this.onDigit(digit),
      () => this.nowMs(),
    );
    this.#incoming = new IncomingSound((frame) => {
      this.#toneDigits.hear(frame);
      this.#recording?.heard(frame, frameSamples);
      this.#conversation?.hear(frame);
    });
  }

  /** Milliseconds since the call's first event. Before `start` the origin is unknown and nothing is emitted. */
  nowMs(): number {
    return performance.timeOrigin + performance.now() - this.#originMs;
  }

  /** The conversation is made before the call is answered, so that its greeting is ready. */
  converse(conversation: Talker): void {
    this.#conversation = conversation;
  }

  /** Sounds under everything that is said. */
  surround(ambience: Ambience): void {
    this.#ambience = ambience;
  }

  /** To be called after `start`. */
  recordTo(recorder: RecorderPort, plan: RecordingPlan): void {
    this.#recording = new CallRecording(plan, recorder, (event) => this.emit(event));
  }

  /** Silence in the recording until nobody wants it any more. */
  pauseRecording(by: RecordingHolder): void {
    this.#recording?.pause(by);
  }

  resumeRecording(by: RecordingHolder): void {
    this.#recording?.resume(by);
  }

  /** Runs once when the call is over, to free what the conversation was made of. */
  onRelease(release: () => void): void {
    this.#release = release;
  }

  start(media: StartMedia): void {
    this.#originMs = media.originMs;
    this.#nextSeq = media.nextSeq;
    const local = { address: media.localAddress, port: this.#leg.localPort };
    this.#report = new MediaReport({
      leg: this.#leg,
      local,
      farEnd: () => this.#leg.farEnd,
      emit: (body) => this.emit(body),
      ask: (ending) => this.#sinks.silent(ending),
    });
    this.#connect(media);
    this.emit({
      kind: 'media_started',
      local,
      remote: media.remote,
      telephoneEvent: media.telephoneEventPayloadType !== undefined,
      ...this.#engines,
    });
    this.#conversation?.start();
    this.#hold(media.direction);
    this.#seat = this.#clock.join(this);
  }

  /** A new agreement within the call: other codec, address or direction. */
  connect(media: MediaAgreement): void {
    if (this.#ended) return;
    const before = this.#codec.name;
    // Hold in the style of RFC 2543 names no address; the one before is as good as any while nothing is sent.
    const remote = isUnspecified(media.remote) ? (this.#remote ?? media.remote) : media.remote;
    this.#connect({ ...media, remote });
    if (media.codec !== before) this.emit({ kind: 'codec_changed', from: before, codec: media.codec });
    this.#hold(media.direction);
  }

  /** While we must not send, nobody hears us: the conversation stands still, and goes on where it was. */
  #hold(direction: MediaDirection): void {
    const held = direction === 'recvonly' || direction === 'inactive';
    if (held === this.#held) return;
    this.#held = held;
    this.emit({ kind: held ? 'hold_started' : 'hold_ended' });
    if (held) this.#conversation?.pause();
    else this.#conversation?.resume();
  }

  #connect(media: MediaAgreement): void {
    const { codec, remote, payloadType, comfortNoisePayloadType } = media;
    if (codec !== this.#codec.name) this.#codec = createVoiceCodec(codec);
    const { clockRateHz } = this.#codec;
    this.#remote = remote;
    this.#report?.agreed(remote, media.direction !== 'sendrecv');
    this.#toneDigits.agree(media.telephoneEventPayloadType === undefined);
    this.#incoming.agree(this.#codec, payloadType, comfortNoisePayloadType);
    this.#leg.connect({ ...media, clockRateHz });
  }

  /** A packet of the other side. */
  onSound(packet: Buffer, header: RtpHeader, arrivedMs: number): void {
    if (!this.#ended) this.#incoming.arrived(packet, header, arrivedMs);
  }

  /** The other side's stream begins anew. */
  onNewStream(): void {
    this.#incoming.restart();
  }

  onDigit(digit: string): void {
    if (!this.#ended) this.#conversation?.digit(digit);
  }

  signalledDigit(digit: string, sentBy: 'caller' | 'api'): void {
    if (sentBy === 'caller' && !this.#toneDigits.signalled(digit)) return;
    if (sentBy === 'caller') this.onDigit(digit);
    else if (!this.#ended) this.emit({ kind: 'digit', digit, sentBy });
  }

  pressDigits(digits: string): void {
    if (!this.#ended) this.#digits.add(digits);
  }

  peerAnswered(): void {
    this.#report?.answered();
  }

  say(text: string): void {
    if (!this.#ended) this.#conversation?.say(text);
  }

  /** A handler of the leg threw. Socket errors such as ICMP "port unreachable" are counted by the leg and end nothing. */
  onError(error: unknown): void {
    if (error instanceof Error && 'syscall' in error) return;
    this.#fail(error);
  }

  /** Called by the media clock every 20 ms; `skipped` ticks were left out after a stall. An exception ends this call only. */
  tick(dueMs: number, skipped: number): void {
    try {
      // The timestamp goes on with the time, so that the stall is a gap and not a delay for the rest of the call.
      for (let i = 0; i < skipped; i++) this.#leg.skip();
      this.#recording?.tick(skipped);
      const nowMs = sharedNowMs();
      this.#incoming.tick(nowMs, nowMs - dueMs, skipped);
      if (this.#ended) return;
      this.#report?.tick();
      this.#exchange();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#seat?.leave();
    this.#sinks.failed(error);
  }

  #exchange(): void {
    const conversation = this.#conversation;
    if (!conversation) return;
    if (this.#held) {
      conversation.speak(this.#outgoing);
      if (!this.#ended) this.#leg.skip();
      return;
    }
    const speaking = conversation.speak(this.#outgoing);
    // The conversation may have ended itself in this very tick.
    if (this.#ended) return;
    this.#ambience?.mixInto(this.#outgoing, frameSamples);
    this.#recording?.sent(this.#outgoing, frameSamples);
    const bytes = this.#encoder.encode(this.#codec, this.#outgoing, this.#leg.payload);
    this.#digits.tick();
    // A key that is sent takes the place of the sound.
    if (!this.#leg.sendingDigits) this.#recording?.sent(this.#outgoing, frameSamples);
    this.#leg.send(speaking && !this.#wasSpeaking, bytes);
    this.#wasSpeaking = speaking;
  }

  emit(body: CallEventBody): void {
    this.record({ ...body, atMs: Math.round(this.nowMs()) });
  }

  /** Takes an event that already has its time. */
  record(event: CallEventBody & { readonly atMs: number }): void {
    if (this.#originMs === 0) return;
    this.#batch.push({ ...event, seq: this.#nextSeq++ });
    this.#batchTimer ??= setTimeout(() => this.#flush(), eventBatchMs);
  }

  /** Ends the media, writes the last events and frees the port. */
  stop(reason: EndingReason, sipCode: number): void {
    if (this.#ended) return;
    this.#seat?.leave();
    this.#conversation?.stop();
    this.#ended = true;
    this.#recording?.stop();
    if (this.#originMs !== 0) {
      this.#report?.tell();
      this.emit({ kind: 'ended', reason, ...endings[reason], sipCode });
    }
    this.#flush();
    this.#release();
    void this.#leg.close();
  }

  #flush(): void {
    clearTimeout(this.#batchTimer);
    this.#batchTimer = undefined;
    if (this.#batch.length === 0) return;
    const batch = this.#batch;
    this.#batch = [];
    this.#sinks.events(batch);
  }
}

function isUnspecified({ address }: MediaAddress): boolean {
  return address === '0.0.0.0' || address === '::';
}
