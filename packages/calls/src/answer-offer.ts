import {
  type LocalAudio,
  type NegotiatedAudio,
  negotiateAudio,
  SdpParseError,
  type SessionDescription,
} from '@dialplane/sip';

/** What was agreed about the sound, with our SDP answer. */
export type Answered = NegotiatedAudio & { readonly answer: string };

/** Undefined when nothing can be agreed on, also since the description makes no sense. */
export function answerOffer(offer: SessionDescription, local: LocalAudio): Answered | undefined {
  try {
    return negotiateAudio(offer, local);
  } catch (error) {
    if (error instanceof SdpParseError) return undefined;
    throw error;
  }
}
