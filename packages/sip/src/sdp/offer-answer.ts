import { isIPv6 } from 'node:net';
import {
  type AudioCodec,
  audioAttributes,
  audioCodec,
  codecsOf,
  directionOf,
  isTelephoneEvent,
  type MediaAddress,
  mediaAddress,
  mirrored,
  type OfferedCodec,
  staticPayloadTypes,
  usableAudio,
} from './audio-codecs.ts';
import { type MediaDirection, type SdpMedia, SdpParseError, type SessionDescription } from './description.ts';
import { parseSdp } from './parse.ts';
import { writeSdp } from './write.ts';

/** Our side of the media. */
export interface LocalAudio {
  /** Where we receive RTP; IPv4 or IPv6. */
  readonly address: string;
  readonly port: number;
  /** In order of preference; an answer follows the offerer's order. */
  readonly codecs: readonly AudioCodec[];
  /** Number that names this session (RFC 8866 5.2); the same through a call. */
  readonly sessionId: string | number;
  /** Grows by one with every changed description of a call. Default 1. */
  readonly sessionVersion?: number;
}

/** What both sides agreed on, seen from here. */
export interface NegotiatedAudio {
  readonly codec: AudioCodec;
  /** Number to send with and to expect. */
  readonly payloadType: number;
  readonly telephoneEventPayloadType: number | undefined;
  /** Where to send, as the peer states it. */
  readonly remote: MediaAddress;
  /** Whether we send and receive. */
  readonly direction: MediaDirection;
}

/** Dynamic number offered for telephone-event; what most of the industry uses. */
const TELEPHONE_EVENT_PAYLOAD_TYPE = 101;

/**
 * Answers an offer with one codec, the offerer's first that we allow, and telephone-event under the offerer's number
 * (RFC 3264 6). Other media are refused with port 0. Undefined when no audio can be agreed on: the call deserves 488.
 */
export function negotiateAudio(
  offer: SessionDescription,
  local: LocalAudio,
): (NegotiatedAudio & { readonly answer: string }) | undefined {
  const audio = usableAudio(offer);
  const agreed = audio && agree(offer, audio, local.codecs);
  if (!audio || !agreed) return undefined;
  const accepted: SdpMedia = {
    kind: 'audio',
    port: local.port,
    protocol: audio.protocol,
    formats: [agreed.payloadType, agreed.telephoneEventPayloadType].filter((type) => type !== undefined).map(String),
    connection: undefined,
    attributes: audioAttributes([agreed], agreed.telephoneEventPayloadType, agreed.direction),
  };
  const answer = writeSdp({
    ...sessionLines(local),
    timing: offer.timing.length > 0 ? offer.timing : ['0 0'],
    media: offer.media.map((media) => (media === audio ? accepted : refused(media))),
  });
  return { ...agreed, answer };
}

function refused(media: SdpMedia): SdpMedia {
  return { ...media, port: 0, connection: undefined, attributes: [] };
}

function agree(
  description: SessionDescription,
  audio: SdpMedia,
  allowed: readonly AudioCodec[],
): NegotiatedAudio | undefined {
  const offered = codecsOf(audio);
  for (const candidate of offered) {
    const codec = audioCodec(candidate);
    if (codec === undefined || !allowed.includes(codec)) continue;
    return {
      codec,
      payloadType: candidate.payloadType,
      telephoneEventPayloadType: offered.find(isTelephoneEvent)?.payloadType,
      remote: mediaAddress(description, audio),
      direction: mirrored[directionOf(description, audio)],
    };
  }
  return undefined;
}

/** An offer of G.711 and telephone-event with 20 ms packets. */
export function audioOffer(local: LocalAudio & { readonly direction?: MediaDirection }): string {
  const codecs = local.codecs.map((codec) => ({ codec, payloadType: staticPayloadTypes[codec] }));
  return writeSdp({
    ...sessionLines(local),
    timing: ['0 0'],
    media: [
      {
        kind: 'audio',
        port: local.port,
        protocol: 'RTP/AVP',
        formats: [...codecs.map(({ payloadType }) => payloadType), TELEPHONE_EVENT_PAYLOAD_TYPE].map(String),
        connection: undefined,
        attributes: audioAttributes(codecs, TELEPHONE_EVENT_PAYLOAD_TYPE, local.direction ?? 'sendrecv'),
      },
    ],
  });
}

function sessionLines(local: LocalAudio): Omit<SessionDescription, 'timing' | 'media'> {
  const connection = { family: isIPv6(local.address) ? 'IP6' : 'IP4', address: local.address } as const;
  return {
    origin: {
      username: '-',
      sessionId: String(local.sessionId),
      sessionVersion: String(local.sessionVersion ?? 1),
      connection,
    },
    sessionName: '-',
    connection,
    attributes: [],
  };
}

/**
 * Reads the answer to our offer. Undefined when it refuses the audio or names a codec we did not offer.
 * @throws SdpParseError when one of them is no session description.
 */
export function readAudioAnswer(
  answer: string | SessionDescription,
  offer: string | SessionDescription,
): NegotiatedAudio | undefined {
  const offered = typeof offer === 'string' ? parseSdp(offer) : offer;
  const answered = typeof answer === 'string' ? parseSdp(answer) : answer;
  const index = offered.media.findIndex((media) => media.kind === 'audio');
  const ours = offered.media[index];
  const theirs = answered.media[index];
  if (!ours || !theirs) throw new SdpParseError('the answer has no line for our audio');
  if (usableAudio({ ...answered, media: [theirs] }) === undefined) return undefined;
  const allowed = codecsOf(ours)
    .map((codec: OfferedCodec) => audioCodec(codec))
    .filter((codec) => codec !== undefined);
  return agree(answered, theirs, allowed);
}
