import { type LocalAudio, type NegotiatedAudio, negotiateAudio, parseSdp, SdpParseError } from '@dialplane/sip';

/** Undefined when nothing is common, or when there is no offer: the carrier makes none of its own. */
export function agreeOn(offer: Buffer, local: LocalAudio): (NegotiatedAudio & { readonly answer: string }) | undefined {
  try {
    return negotiateAudio(parseSdp(offer.toString()), local);
  } catch (error) {
    if (error instanceof SdpParseError) return undefined;
    throw error;
  }
}
