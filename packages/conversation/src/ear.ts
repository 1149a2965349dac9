import type { Expectation, Recogniser, Vocabulary } from '@dialplane/speech';
import type { CallerDetector } from './caller-detector.ts';
import { CallerSound } from './caller-sound.ts';
import { CallerVoice } from './caller-voice.ts';
import { earlyEndMs, PAUSE_MS, silenceRule, turnSilenceMs } from './endpointing.ts';
import type { ConversationEventBody } from './events.ts';
import { type HearingEffect, type HearingEvent, type HearingState, hearingTable } from './hearing-table.ts';
import type { CallerWords } from './model.ts';
import { PartFeed } from './part-feed.ts';
import { RecognisedTurn } from './recognised-turn.ts';
import { SpeechExtent } from './speech-extent.ts';
import type { HeardTurn } from './verdict.ts';

export interface EarOptions {
  readonly detector: CallerDetector;
  readonly recogniser: Recogniser | undefined;
  readonly vocabulary: Vocabulary;
  readonly endpointingSilenceMs: number;
  nowMs(): number;
  emit(body: ConversationEventBody): void;
  readonly listener: EarListener;
}

interface RecogniserFailure {
  readonly code: string;
  readonly message: string;
  /** The caller was saying something. */
  readonly wordsLost: boolean;
}

export interface EarListener {
  turnOpened(): void;
  partial(text: string): void;
  /** The words so far may be all. */
  mayBeOver(said: CallerWords): void;
  turnHeard(turn: HeardTurn): void;
  failed(error: RecogniserFailure): void;
}

/** Beyond this nobody expects to be understood in one go. */
const MONOLOGUE_MS = 60_000;
/** Speech without a pause for this long is background or a monologue; its words tell which. */
const PART_MS = 12_000;
/** Embedded recognisers answer within 200 ms, cloud ones within a second. */
const FINAL_WORDS_TIMEOUT_MS = 3000;

/** The caller's side: runs the hearing table on the detector's findings and feeds the recogniser. */
export class Ear {
  readonly #options: EarOptions;
  readonly #sound = new CallerSound();
  readonly #extent = new SpeechExtent(this.#sound);
  readonly #voice: CallerVoice;
  readonly #words: RecognisedTurn | undefined;
  readonly #feed: PartFeed;
  #state: HearingState = 'quiet';
  #expect: Expectation = 'open';
  #turnExpect: Expectation = 'open';
  #continuing = false;
  #pauseNoticed = false;
  #rule = 'silence';
  #decidedMs = 0;

  constructor(options: EarOptions) {
    this.#options = options;
    const { recogniser, vocabulary, detector } = options;
    this.#voice = new CallerVoice(detector, this.#sound);
    this.#words =
      recogniser &&
      new RecognisedTurn(recogniser, vocabulary, {
        partial: (text) => this.#partial(text),
        eagerEnd: () => this.#guess(),
        providerEnd: () => {
          this.#feed.endedByProvider();
          this.#end('provider_end', 'provider');
        },
        complete: () => this.#fire('words'),
        failed: (code, message) => this.#fail(code, message),
      });
    this.#feed = new PartFeed(this.#sound, this.#words);
  }

  get turnOpen(): boolean {
    return this.#state !== 'quiet';
  }

  /** The open turn began while sound was going on: the rest of a monologue, or background. */
  get continuing(): boolean {
    return this.#continuing;
  }

  /** Where the speech of the open or latest turn lies. */
  get extent(): SpeechExtent {
    return this.#extent;
  }

  get text(): string {
    return this.#words?.text ?? '';
  }

  get finalText(): string {
    return this.#words?.finalText ?? '';
  }

  get confidence(): number {
    return this.#words?.confidence ?? 0;
  }

  /** What the agent asked for; from the next turn on. */
  expect(expect: Expectation): void {
    this.#expect = expect;
  }

  hear(frame: Int16Array): void {
    const { nowMs, emit } = this.#options;
    this.#sound.add(frame, nowMs());
    const voice = this.#voice;
    voice.hear(frame);
    if (voice.began) emit({ kind: 'speech_started' });
    else if (voice.stopped) emit({ kind: 'speech_ended', fromMs: voice.burstFromMs, toMs: voice.burstToMs });
    this.#drive(voice.speaking);
    if (this.#state === 'speech' || this.#state === 'trailing') this.#feed.feed();
  }

  /** Gives up waiting for final words that do not come. */
  tick(nowMs: number): void {
    if (this.#state !== 'deciding' || nowMs - this.#decidedMs < FINAL_WORDS_TIMEOUT_MS) return;
    if (this.confidence > 0) {
      this.#fire('words');
      return;
    }
    this.#words?.reopen();
    this.#fail('final_words_timeout', `No final words for ${FINAL_WORDS_TIMEOUT_MS / 1000} seconds.`);
  }

  close(): void {
    this.#state = 'quiet';
    this.#words?.close();
  }

  #drive(speaking: boolean): void {
    const voice = this.#voice;
    switch (this.#state) {
      case 'quiet':
        if (speaking) this.#fire('speech');
        return;
      case 'speech':
        if (!speaking) {
          this.#extent.fallSilent(voice.lastSample, voice.silenceMs);
          this.#fire('silence');
          this.#watchSilence(voice.silenceMs);
          return;
        }
        this.#extent.grow();
        if (this.#extent.sinceOnsetMs >= MONOLOGUE_MS) {
          this.#end('too_long', 'monologue');
          return;
        }
        if (this.#feed.lengthMs >= PART_MS) this.#fire('part_full');
        return;
      case 'trailing':
        if (speaking) {
          this.#fire('speech');
          return;
        }
        this.#watchSilence(voice.silenceMs);
        break;
      case 'deciding':
        // Sound that was there when the turn was ended is not the caller going on.
        if (voice.began) this.#fire('speech');
        return;
    }
  }

  #watchSilence(silenceMs: number): void {
    const { endpointingSilenceMs } = this.#options;
    if (!this.#pauseNoticed && silenceMs >= PAUSE_MS) {
      this.#pauseNoticed = true;
      this.#fire('pause');
    }
    if (!this.#feed.ended && silenceMs >= earlyEndMs(this.#turnExpect, endpointingSilenceMs)) this.#fire('early_end');
    if (silenceMs >= turnSilenceMs(this.#turnExpect, endpointingSilenceMs)) {
      this.#end('turn_silence', silenceRule(this.#turnExpect));
    }
  }

  #end(event: HearingEvent, rule: string): void {
    this.#rule = rule;
    this.#fire(event);
  }

  #fire(event: HearingEvent): void {
    const transition = hearingTable[this.#state][event];
    if (transition === null) return;
    this.#state = transition.to;
    for (const effect of transition.effects) this.#run(effect);
  }

  #run(effect: HearingEffect): void {
    switch (effect) {
      case 'open_turn':
        this.#openTurn();
        break;
      case 'go_on':
        this.#goOn();
        break;
      case 'guess':
        this.#guess();
        break;
      case 'end_part':
        this.#endPart();
        break;
      case 'check_part':
        this.#checkPart();
        break;
      case 'close_turn':
        this.#closeTurn();
        break;
      case 'judge':
        this.#options.listener.turnHeard(this.#heardTurn());
        break;
      case 'drop_turn':
        this.#words?.cancel();
        return;
    }
  }

  #openTurn(): void {
    this.#continuing = this.#voice.spokeBefore;
    this.#turnExpect = this.#expect;
    this.#extent.begin(this.#continuing ? this.#sound.samples : this.#voice.burst);
    this.#words?.begin(this.#turnExpect);
    this.#pauseNoticed = false;
    if (this.#continuing) this.#feed.beginNow();
    else this.#feed.beginAt(this.#voice.burst);
    this.#options.listener.turnOpened();
  }

  #goOn(): void {
    this.#extent.goOn(this.#voice.burst, this.#pauseNoticed);
    this.#pauseNoticed = false;
    if (this.#feed.ended) this.#feed.beginAt(this.#voice.burst);
  }

  #endPart(): void {
    this.#extent.endStretch();
    this.#feed.end();
    if (this.#state === 'speech') this.#feed.beginNow();
  }

  /** Long unbroken sound whose words cannot be trusted is background: nobody waits for its end. */
  #checkPart(): void {
    if (this.#extent.unbrokenMs >= PART_MS && this.confidence < (this.#options.recogniser?.acceptAbove ?? 0)) {
      this.#end('too_long', 'background');
    }
  }

  #closeTurn(): void {
    const { nowMs, emit } = this.#options;
    this.#extent.endStretch();
    this.#decidedMs = nowMs();
    emit({
      kind: 'turn_ended',
      rule: this.#rule,
      silenceMs: Math.round(this.#voice.silenceMs),
      speechEndMs: this.#extent.endMs,
    });
    this.#feed.end();
    if (this.#words?.complete ?? true) this.#fire('words');
  }

  #said(): CallerWords {
    const words = this.#words?.words;
    return { text: this.text, ...(words ? { words } : {}) };
  }

  #heardTurn(): HeardTurn {
    return {
      ...this.#said(),
      confidence: this.confidence,
      fromMs: this.#extent.fromMs,
      speechEndMs: this.#extent.endMs,
      decidedMs: this.#decidedMs,
      wordsMs: this.#options.nowMs(),
      spokenMs: this.#extent.spokenMs,
      unbrokenMs: this.#extent.unbrokenMs,
      aboveNoiseDb: this.#voice.aboveNoiseDb,
      continuing: this.#continuing,
    };
  }

  #partial(text: string): void {
    if (!this.turnOpen) return;
    this.#options.emit({ kind: 'transcript_partial', text });
    this.#options.listener.partial(text);
  }

  #guess(): void {
    if (this.text !== '' && !this.#continuing) this.#options.listener.mayBeOver(this.#said());
  }

  #fail(code: string, message: string): void {
    const wordsLost = this.turnOpen;
    this.#fire('failed');
    this.#options.listener.failed({ code, message, wordsLost });
  }
}
