import type { IncomingCall, SessionDescription } from '@dialplane/sip';
import { AudioAgreement } from './audio-agreement.ts';
import type { CallTrunk } from './directory.ts';
import type { EndingReason } from './endings.ts';
import { localEncryption } from './media-encryption.ts';
import { TurnedAway } from './turned-away.ts';

export interface IncomingAudioOptions {
  readonly sip: Pick<IncomingCall, 'source' | 'offer'>;
  readonly trunk: Pick<CallTrunk, 'codecs' | 'mediaEncryption'> | undefined;
  /** Where we hear the caller. */
  readonly place: { readonly address: string; readonly port: number };
  readonly originMs: number;
  /** Of the INVITE; undefined leaves it to us. */
  readonly offer: SessionDescription | undefined;
}

/** What an incoming call agrees on about its sound, as its trunk wants it. */
export interface IncomingAudio {
  readonly agreement: AudioAgreement;
  /** What the 200 says: our answer, or our offer. */
  readonly description: string;
  /** How the call ends when the ACK brings no answer that can be used. */
  readonly unagreed: EndingReason;
}

/** @throws {TurnedAway} when nothing in the offer can be agreed on. */
export function agreeOnIncomingAudio({ sip, trunk, place, originMs, offer }: IncomingAudioOptions): IncomingAudio {
  const encryption = encryptionFor(sip, trunk?.mediaEncryption ?? 'allow');
  // Without encryption it was refused before, so with it the keys are of no use.
  const unagreed = encryption === 'require' ? 'encryption_required' : 'no_common_codec';
  const agreement = new AudioAgreement({
    ...place,
    codecs: trunk?.codecs ?? [],
    sessionId: Math.floor(originMs),
    comfortNoise: true,
    rtcpMux: true,
    ...localEncryption(encryption),
  });
  const description = offer ? agreement.answer(offer) : agreement.offer();
  if (description === undefined) throw new TurnedAway(unagreed);
  return { agreement, description, unagreed };
}

/** What the trunk says; an offer of ours asks for encryption only where its key is not read on the way. */
function encryptionFor(
  { source, offer }: Pick<IncomingCall, 'source' | 'offer'>,
  wanted: CallTrunk['mediaEncryption'],
): CallTrunk['mediaEncryption'] {
  return wanted === 'allow' && !offer && source.transport !== 'tls' ? 'off' : wanted;
}
