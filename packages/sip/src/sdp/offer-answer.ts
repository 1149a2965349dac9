import { isIPv6 } from 'node:net';
import {
  type CodecDescription,
  type CodecName,
  codecDescriptions,
  codecNames,
  comfortNoise,
  sameEncoding,
  telephoneEvent,
} from './codec-descriptions.ts';
import {
  type AgreedCrypto,
  answerCrypto,
  type CryptoAttribute,
  chosenCrypto,
  cryptoAttribute,
  cryptoOf,
} from './crypto-attribute.ts';
import {
  type MediaDirection,
  type SdpAttribute,
  type SdpMedia,
  SdpParseError,
  type SessionDescription,
} from './description.ts';
import { agreedDirection, directionOf } from './direction.ts';
import { type MediaAddress, mediaAddress, offersRtcpMux, packetTimeMs, rtcpAddress } from './media-address.ts';
import { codecAttributes, codecsOf } from './media-codecs.ts';
import { parseSdp } from './parse.ts';
import { writeSdp } from './write.ts';

/** Our side of the media. */
export interface LocalAudio<Codec extends CodecName = CodecName> {
  /** Where we receive RTP; IPv4 or IPv6. */
  readonly address: string;
  readonly port: number;
  /** In order of preference; an answer follows the offerer's order. */
  readonly codecs: readonly Codec[];
  /** Number that names this session (RFC 8866 5.2); the same through a call. */
  readonly sessionId: string | number;
  /** Version of the first description of a call. Default 1; a session counts on by itself from there. */
  readonly sessionVersion?: number;
  /** What we want of the stream. Default: both ways. */
  readonly direction?: MediaDirection;
  /** Comfort noise is taken and offered. */
  readonly comfortNoise?: boolean;
  /**
   * Keys of ours, one for each suite we speak. Encrypted lines are preferred with them, and offers have them beside plain RTP
   * ("best effort": who knows no SRTP passes them over, RFC 8643), unless encryption is required.
   */
  readonly crypto?: readonly CryptoAttribute[];
  /** Nothing but encrypted sound. */
  readonly cryptoRequired?: boolean;
  /** Whether a key of the peer's can be used; all can when not given. */
  readonly acceptsCrypto?: (offered: CryptoAttribute) => boolean;
  /** RTP and RTCP may share the port (RFC 5761). */
  readonly rtcpMux?: boolean;
}

/** What both sides agreed on, seen from here. */
export interface NegotiatedAudio<Codec extends CodecName = CodecName> {
  readonly codec: Codec;
  /** Number to send with and to expect. */
  readonly payloadType: number;
  /** Format parameters the peer wants its stream to obey. */
  readonly fmtp: string | undefined;
  /** On the codec's clock. */
  readonly telephoneEventPayloadType: number | undefined;
  readonly comfortNoisePayloadType: number | undefined;
  /** Where to send, as the peer states it. */
  readonly remote: MediaAddress;
  /** Where RTCP goes without `rtcp-mux`. */
  readonly remoteRtcp: MediaAddress;
  /** RTP and RTCP share the port, both ways. */
  readonly rtcpMux: boolean;
  /** Length of a packet the peer wants, and the longest it takes. */
  readonly packetTimeMs: number | undefined;
  readonly maxPacketTimeMs: number | undefined;
  /** Whether we send and receive. */
  readonly direction: MediaDirection;
  /** Undefined for plain RTP. */
  readonly crypto: AgreedCrypto | undefined;
}

/** The media clock runs in 20 ms frames. */
const PACKET_TIME = '20';

/** RTP without and with encryption; feedback profiles work without feedback (RFC 4585 3.6, 5124). */
const PLAIN_PROFILES = ['RTP/AVP', 'RTP/AVPF'];
const SECURE_PROFILES = ['RTP/SAVP', 'RTP/SAVPF'];

/**
 * Answers an offer with one codec, the offerer's first that we allow, and telephone-event under the offerer's number
 * (RFC 3264 6). Other media are refused with port 0, so that the answer has as many media lines as the offer. Undefined
 * when no audio can be agreed on: the call deserves 488.
 * @throws SdpParseError when the audio has no address.
 */
export function negotiateAudio<Codec extends CodecName = CodecName>(
  offer: SessionDescription,
  local: LocalAudio<Codec>,
): (NegotiatedAudio<Codec> & { readonly answer: string }) | undefined {
  for (const audio of usableAudio(offer, local.crypto !== undefined)) {
    const crypto = answerCrypto(cryptoOf(audio).filter(local.acceptsCrypto ?? (() => true)), local.crypto ?? []);
    if (local.cryptoRequired && !crypto) continue;
    const agreed = agree(offer, audio, local, crypto);
    if (!agreed) continue;
    const media = offer.media.map((line) => (line === audio ? accepted(audio, local, agreed) : refused(line)));
    const timing = offer.timing.length > 0 ? offer.timing : ['0 0'];
    return { ...agreed, answer: writeSdp({ ...sessionLines(local), timing, media }) };
  }
  return undefined;
}

/** Audio lines that are switched on and speak RTP; encrypted ones first, and only when we have keys. */
function usableAudio(description: SessionDescription, secure: boolean): SdpMedia[] {
  const lines = (profiles: readonly string[]) =>
    description.media.filter(
      ({ kind, port, protocol }) => kind === 'audio' && port !== 0 && profiles.includes(protocol.toUpperCase()),
    );
  return [...(secure ? lines(SECURE_PROFILES) : []), ...lines(PLAIN_PROFILES)];
}

function agree<Codec extends CodecName>(
  description: SessionDescription,
  audio: SdpMedia,
  local: Pick<LocalAudio<Codec>, 'codecs' | 'direction' | 'comfortNoise' | 'rtcpMux'>,
  crypto: AgreedCrypto | undefined,
): NegotiatedAudio<Codec> | undefined {
  if (!crypto && SECURE_PROFILES.includes(audio.protocol.toUpperCase())) return undefined;
  const offered = codecsOf(audio);
  const numberOf = (wanted: CodecDescription) => offered.find((codec) => sameEncoding(codec, wanted))?.payloadType;
  for (const candidate of offered) {
    const codec = local.codecs.find((name) => sameEncoding(codecDescriptions[name], candidate));
    if (codec === undefined) continue;
    return {
      codec,
      payloadType: candidate.payloadType,
      fmtp: candidate.fmtp,
      telephoneEventPayloadType: numberOf(telephoneEvent(candidate.clockRateHz)),
      comfortNoisePayloadType: local.comfortNoise ? numberOf(comfortNoise) : undefined,
      remote: mediaAddress(description, audio),
      remoteRtcp: rtcpAddress(description, audio),
      rtcpMux: (local.rtcpMux ?? false) && offersRtcpMux(audio),
      packetTimeMs: packetTimeMs(audio, 'ptime'),
      maxPacketTimeMs: packetTimeMs(audio, 'maxptime'),
      direction: agreedDirection[directionOf(description, audio)][local.direction ?? 'sendrecv'],
      crypto,
    };
  }
  return undefined;
}

function accepted<Codec extends CodecName>(
  offered: SdpMedia,
  local: LocalAudio<Codec>,
  agreed: NegotiatedAudio<Codec>,
): SdpMedia {
  const { codec, payloadType, telephoneEventPayloadType, comfortNoisePayloadType } = agreed;
  const codecs: CodecDescription[] = [{ ...codecDescriptions[codec], payloadType }];
  if (comfortNoisePayloadType !== undefined) codecs.push({ ...comfortNoise, payloadType: comfortNoisePayloadType });
  if (telephoneEventPayloadType !== undefined) {
    const { clockRateHz } = codecDescriptions[codec];
    codecs.push({ ...telephoneEvent(clockRateHz), payloadType: telephoneEventPayloadType });
  }
  const { rtcpMux, direction, crypto } = agreed;
  return audioLine(offered.protocol, local.port, codecs, { rtcpMux, direction, crypto: crypto ? [crypto.local] : [] });
}

function refused(media: SdpMedia): SdpMedia {
  return { ...media, port: 0, connection: undefined, attributes: [] };
}

/** An offer of our codecs and telephone-event on each of their clocks, with 20 ms packets. */
export function audioOffer<Codec extends CodecName = CodecName>(local: LocalAudio<Codec>): string {
  const codecs: CodecDescription[] = local.codecs.map((name) => codecDescriptions[name]);
  const clockRates = [...new Set(codecs.map(({ clockRateHz }) => clockRateHz))];
  if (local.comfortNoise) codecs.push(comfortNoise);
  for (const clockRateHz of clockRates) codecs.push(telephoneEvent(clockRateHz));
  const { crypto = [], cryptoRequired = false, direction = 'sendrecv', rtcpMux = false } = local;
  const protocol = cryptoRequired ? 'RTP/SAVP' : 'RTP/AVP';
  const media = [audioLine(protocol, local.port, codecs, { rtcpMux, direction, crypto })];
  return writeSdp({ ...sessionLines(local), timing: ['0 0'], media });
}

function audioLine(
  protocol: string,
  port: number,
  codecs: readonly CodecDescription[],
  { direction, crypto, rtcpMux }: Required<Pick<LocalAudio, 'direction' | 'crypto' | 'rtcpMux'>>,
): SdpMedia {
  const attributes: SdpAttribute[] = [
    ...crypto.map(cryptoAttribute),
    ...codecAttributes(codecs),
    { name: 'ptime', value: PACKET_TIME },
    ...(rtcpMux ? [{ name: 'rtcp-mux', value: undefined }] : []),
    { name: direction, value: undefined },
  ];
  const formats = codecs.map(({ payloadType }) => String(payloadType));
  return { kind: 'audio', port, protocol, formats, connection: undefined, attributes };
}

function sessionLines({
  address,
  sessionId,
  sessionVersion = 1,
}: Pick<LocalAudio, 'address' | 'sessionId' | 'sessionVersion'>): Omit<SessionDescription, 'timing' | 'media'> {
  const connection = { family: isIPv6(address) ? 'IP6' : 'IP4', address } as const;
  return {
    origin: { username: '-', sessionId: String(sessionId), sessionVersion: String(sessionVersion), connection },
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
  const index = offered.media.findIndex(({ kind }) => kind === 'audio');
  const ours = offered.media[index];
  const theirs = answered.media[index];
  if (!ours || !theirs) throw new SdpParseError('the answer has no line for our audio');
  const crypto = chosenCrypto(cryptoOf(theirs), cryptoOf(ours));
  if (usableAudio({ ...answered, media: [theirs] }, crypto !== undefined).length === 0) return undefined;
  // An answer may not leave out the encryption that was asked for (RFC 3264 6.1, RFC 4568 5.1.3).
  if (!crypto && SECURE_PROFILES.includes(ours.protocol)) return undefined;
  const offeredCodecs = codecsOf(ours);
  const allowed = codecNames.filter((name) =>
    offeredCodecs.some((codec) => sameEncoding(codec, codecDescriptions[name])),
  );
  const offersNoise = offeredCodecs.some((codec) => sameEncoding(codec, comfortNoise));
  const wish = {
    codecs: allowed,
    direction: directionOf(offered, ours),
    comfortNoise: offersNoise,
    rtcpMux: offersRtcpMux(ours),
  };
  return agree(answered, theirs, wish, crypto);
}
