import { type FarEndQuality, type RtpLeg, sharedNowMs } from '@dialplane/rtp';
import type { CallEventBody, MediaAddress } from '../events.ts';
import { type MediaFacts, verdictOf, verdictSentence } from './media-verdict.ts';
import { MediaWatch } from './media-watch.ts';
import { QualityMeter } from './quality-meter.ts';
import type { SilentEnding } from './silent-peer.ts';

/** What one call's media tell the record, and when they are missed so much that the other side has to be asked. */
export interface MediaReportOptions {
  readonly leg: Pick<RtpLeg, 'stats' | 'target'>;
  /** Where the other side was told to send to. */
  readonly local: MediaAddress;
  /** What the other side's RTCP says about our sound; undefined where it sends none. */
  farEnd(): FarEndQuality | undefined;
  emit(body: CallEventBody): void;
  /**
   * Ask the other side in the signalling whether it is still there; call `answered` if it is. Otherwise the call is over,
   * with this ending.
   */
  ask(ending: SilentEnding): void;
}

export class MediaReport {
  readonly #options: MediaReportOptions;
  readonly #watch: MediaWatch;
  readonly #meter: QualityMeter;
  #remote: MediaAddress | undefined;
  #held = false;
  /** Sound was due and has not come since. */
  #stopped = false;

  /** The media begin. */
  constructor(options: MediaReportOptions) {
    this.#options = options;
    const nowMs = sharedNowMs();
    this.#meter = new QualityMeter(nowMs);
    this.#watch = new MediaWatch(
      options.leg.stats,
      {
        tell: (finding) => {
          this.#stopped = finding === 'stopped';
          this.tell();
        },
        ask: () => options.ask(options.leg.stats.received > 0 ? 'media_lost' : 'never_any_media'),
      },
      nowMs,
    );
  }

  /** What was agreed, at the start and later. @param held it is legal to send nothing: not both sides send by agreement. */
  agreed(remote: MediaAddress, held: boolean): void {
    this.#remote = remote;
    this.#held = held;
  }

  /** Once for each tick of the media clock. */
  tick(): void {
    const nowMs = sharedNowMs();
    const { leg, emit, farEnd } = this.#options;
    this.#watch.check(nowMs, this.#held);
    const quality = this.#meter.check(nowMs, leg.stats, farEnd);
    if (quality) emit({ kind: 'quality', ...quality });
  }

  /** The other side answered what `ask` asked. */
  answered(): void {
    this.#watch.answered(sharedNowMs());
  }

  /** The verdict as of now goes into the record; also when the call is over. */
  tell(): void {
    const { leg, local, emit } = this.#options;
    const { stats, target } = leg;
    const { sent, received, lost, foreign, undecipherable, sendErrors, controlReceived, jitterMs } = stats;
    const facts: MediaFacts = {
      sent,
      received,
      lost,
      foreign,
      undecipherable,
      sendErrors,
      controlReceived,
      held: this.#held,
      stopped: this.#stopped,
      local,
      target,
      remote: this.#remote,
    };
    emit({
      kind: 'media_verdict',
      verdict: verdictOf(facts),
      sentence: verdictSentence(facts),
      sent,
      received,
      lost,
      jitterMs,
      local,
      remote: this.#remote ?? null,
      target: target ?? null,
    });
  }
}
