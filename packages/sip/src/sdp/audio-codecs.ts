import {
  type MediaDirection,
  type SdpAttribute,
  type SdpMedia,
  SdpParseError,
  type SessionDescription,
} from './description.ts';

export type AudioCodec = 'PCMU' | 'PCMA';

/** RFC 3551 6. */
export const staticPayloadTypes: Readonly<Record<AudioCodec, number>> = { PCMU: 0, PCMA: 8 };

/** Digits 0 to 9, *, #, A to D (RFC 4733 3.2). */
const TELEPHONE_EVENTS = '0-15';

/** The media clock runs in 20 ms frames. */
const PACKET_TIME = '20';

/** Where RTP is to be sent. */
export interface MediaAddress {
  readonly address: string;
  readonly port: number;
}

/** One codec a media line offers, with the number it has there. */
export interface OfferedCodec {
  readonly payloadType: number;
  /** Upper case. */
  readonly name: string;
  readonly clockRateHz: number;
}

/** First audio line that is switched on and speaks plain RTP. */
export function usableAudio(description: SessionDescription): SdpMedia | undefined {
  return description.media.find(
    (media) => media.kind === 'audio' && media.port !== 0 && media.protocol.toUpperCase() === 'RTP/AVP',
  );
}

/** The codecs of a media line in the order of preference; static numbers need no `rtpmap`. */
export function codecsOf(media: SdpMedia): OfferedCodec[] {
  const codecs: OfferedCodec[] = [];
  for (const format of media.formats) {
    const payloadType = /^\d{1,3}$/.test(format) ? Number(format) : -1;
    if (payloadType < 0 || payloadType > 127) continue;
    const mapped = rtpmapOf(media, format);
    if (mapped) codecs.push({ payloadType, ...mapped });
    else if (payloadType === staticPayloadTypes.PCMU) codecs.push({ payloadType, name: 'PCMU', clockRateHz: 8000 });
    else if (payloadType === staticPayloadTypes.PCMA) codecs.push({ payloadType, name: 'PCMA', clockRateHz: 8000 });
  }
  return codecs;
}

function rtpmapOf(media: SdpMedia, format: string): { name: string; clockRateHz: number } | undefined {
  for (const { name, value } of media.attributes) {
    if (name !== 'rtpmap' || value === undefined) continue;
    const [number, encoding = ''] = value.split(' ').filter((part) => part !== '');
    if (number !== format) continue;
    const [codec = '', rate, channels = '1'] = encoding.split('/');
    // Two channels are another codec to us.
    return channels === '1' ? { name: codec.toUpperCase(), clockRateHz: Number(rate) } : { name: '', clockRateHz: 0 };
  }
  return undefined;
}

export function isTelephoneEvent(codec: OfferedCodec): boolean {
  return codec.name === 'TELEPHONE-EVENT' && codec.clockRateHz === 8000;
}

/** The codec as one of ours, if it is. */
export function audioCodec(codec: OfferedCodec): AudioCodec | undefined {
  if (codec.clockRateHz !== 8000) return undefined;
  return codec.name === 'PCMU' || codec.name === 'PCMA' ? codec.name : undefined;
}

/** @throws SdpParseError when no `c=` line applies. */
export function mediaAddress(description: SessionDescription, media: SdpMedia): MediaAddress {
  const connection = media.connection ?? description.connection;
  if (!connection) throw new SdpParseError('no address for the audio');
  return { address: connection.address, port: media.port };
}

/** `sendrecv` when nothing is said (RFC 3264 5.1). The unspecified address is hold in the style of RFC 2543: do not send. */
export function directionOf(description: SessionDescription, media: SdpMedia): MediaDirection {
  const stated = statedDirection(media.attributes) ?? statedDirection(description.attributes) ?? 'sendrecv';
  const { address } = mediaAddress(description, media);
  if (address !== '0.0.0.0' && address !== '::') return stated;
  return stated === 'sendrecv' || stated === 'sendonly' ? 'sendonly' : 'inactive';
}

function statedDirection(attributes: readonly SdpAttribute[]): MediaDirection | undefined {
  for (const { name } of attributes) {
    if (name === 'sendrecv' || name === 'sendonly' || name === 'recvonly' || name === 'inactive') return name;
  }
  return undefined;
}

/** The same stream seen from the other side (RFC 3264 6.1). */
export const mirrored: Readonly<Record<MediaDirection, MediaDirection>> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

/** `rtpmap`, `fmtp` and `ptime` lines that agree with the formats of their media line. */
export function audioAttributes(
  codecs: readonly { payloadType: number; codec: AudioCodec }[],
  telephoneEventPayloadType: number | undefined,
  direction: MediaDirection,
): SdpAttribute[] {
  const attributes = codecs.map(({ payloadType, codec }) => ({
    name: 'rtpmap',
    value: `${payloadType} ${codec}/8000`,
  }));
  if (telephoneEventPayloadType !== undefined) {
    attributes.push({ name: 'rtpmap', value: `${telephoneEventPayloadType} telephone-event/8000` });
    attributes.push({ name: 'fmtp', value: `${telephoneEventPayloadType} ${TELEPHONE_EVENTS}` });
  }
  attributes.push({ name: 'ptime', value: PACKET_TIME });
  return [...attributes, { name: direction, value: undefined }];
}
