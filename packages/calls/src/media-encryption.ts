/** SRTP with keys in the SDP (RFC 4568), as far as a trunk allows or requires it. */
import {
  isSrtpSuite,
  newSrtpKey,
  readInlineKey,
  type SrtpKey,
  type SrtpSuite,
  srtpProfiles,
  writeInlineKey,
} from '@dialplane/rtp';
import type { CryptoAttribute, LocalAudio, NegotiatedAudio, SessionDescription } from '@dialplane/sip';
import type { MediaAgreement } from './media-thread/protocol.ts';

export type MediaEncryption = 'off' | 'allow' | 'require';

/** Our side of it: fresh keys for one call. */
export function localEncryption(
  wanted: MediaEncryption,
): Pick<LocalAudio, 'crypto' | 'cryptoRequired' | 'acceptsCrypto'> {
  if (wanted === 'off') return {};
  return {
    crypto: suites.map((suite, index) => ({
      tag: index + 1,
      suite,
      keyParameters: writeInlineKey(newSrtpKey(suite)),
      sessionParameters: [],
    })),
    cryptoRequired: wanted === 'require',
    acceptsCrypto: (offered) => keyOf(offered) !== undefined,
  };
}

const suites = Object.keys(srtpProfiles).filter((name): name is SrtpSuite => isSrtpSuite(name));

/** Whether any audio in the offer has a key. */
export function offersEncryption({ media }: SessionDescription): boolean {
  return media.some(({ kind, attributes }) => kind === 'audio' && attributes.some(({ name }) => name === 'crypto'));
}

/** False for an answer whose key cannot be used: sending in the clear is not what was agreed. */
export function hasUsableKeys({ crypto }: NegotiatedAudio): boolean {
  return !crypto || (keyOf(crypto.remote) !== undefined && crypto.remote.sessionParameters.length === 0);
}

/** What a media thread needs to know of what was agreed. */
export function mediaAgreement(audio: NegotiatedAudio): MediaAgreement {
  const { codec, payloadType, telephoneEventPayloadType, comfortNoisePayloadType } = audio;
  const { remote, remoteRtcp, rtcpMux, direction, crypto } = audio;
  const local = crypto && keyOf(crypto.local);
  const theirs = crypto && keyOf(crypto.remote);
  return {
    codec,
    payloadType,
    telephoneEventPayloadType,
    comfortNoisePayloadType,
    remote,
    remoteRtcp,
    rtcpMux,
    direction,
    srtp: local && theirs && { local, remote: theirs },
  };
}

function keyOf({ suite, keyParameters }: CryptoAttribute): SrtpKey | undefined {
  return isSrtpSuite(suite) ? readInlineKey(suite, keyParameters) : undefined;
}
