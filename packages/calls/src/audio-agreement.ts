import {
  audioOffer,
  type LocalAudio,
  type NegotiatedAudio,
  readAudioAnswer,
  SdpParseError,
  type SessionDescription,
} from '@dialplane/sip';
import { answerOffer } from './answer-offer.ts';
import { hasUsableKeys, mediaAgreement } from './media-encryption.ts';
import type { MediaAgreement } from './media-thread/protocol.ts';

/** What one call has agreed on about its sound; either side may offer, at first and later. */
export class AudioAgreement {
  readonly #local: LocalAudio;
  #offer = '';
  #agreed: NegotiatedAudio | undefined;
  #changed: (agreed: MediaAgreement) => void = () => {};

  constructor(local: LocalAudio) {
    this.#local = local;
  }

  /** From now on every new agreement is told. */
  follow(changed: (agreed: MediaAgreement) => void): void {
    this.#changed = changed;
  }

  /** Address of ours in offers and answers. */
  get address(): string {
    return this.#local.address;
  }

  get agreed(): NegotiatedAudio | undefined {
    return this.#agreed;
  }

  /** Our answer; undefined, and nothing has changed, when nothing can be agreed on. */
  answer(offer: SessionDescription): string | undefined {
    const answered = answerOffer(offer, this.#local);
    if (answered) this.#agree(answered);
    return answered?.answer;
  }

  /** Our offer, for a peer that leaves it to us. */
  offer(): string {
    this.#offer = audioOffer(this.#local);
    return this.#offer;
  }

  /** The answer to our offer. False, and nothing has changed, when it cannot be used. */
  answered(answer: SessionDescription): boolean {
    try {
      const agreed = readAudioAnswer(answer, this.#offer);
      if (!agreed || !hasUsableKeys(agreed)) return false;
      this.#agree(agreed);
      return true;
    } catch (error) {
      if (error instanceof SdpParseError) return false;
      throw error;
    }
  }

  #agree(agreed: NegotiatedAudio): void {
    this.#agreed = agreed;
    this.#changed(mediaAgreement(agreed));
  }
}
