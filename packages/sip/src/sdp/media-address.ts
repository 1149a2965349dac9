import { isIP } from 'node:net';
import { type SdpMedia, SdpParseError, type SessionDescription } from './description.ts';

/** Where RTP or RTCP is to be sent. */
export interface MediaAddress {
  readonly address: string;
  readonly port: number;
}

/** @throws SdpParseError when no `c=` line applies. */
export function mediaAddress(description: SessionDescription, media: SdpMedia): MediaAddress {
  const connection = media.connection ?? description.connection;
  if (!connection) throw new SdpParseError('no address for the audio');
  return { address: connection.address, port: media.port };
}

/** Whether RTP and RTCP may share a port (RFC 5761 5.1.1). */
export function offersRtcpMux(media: SdpMedia): boolean {
  return media.attributes.some(({ name }) => name === 'rtcp-mux');
}

/**
 * Where RTCP goes when it does not share the port of RTP: what `a=rtcp` says (RFC 3605 2.1), else the next port
 * (RFC 3550 11).
 * @throws SdpParseError when no `c=` line applies.
 */
export function rtcpAddress(description: SessionDescription, media: SdpMedia): MediaAddress {
  const rtp = mediaAddress(description, media);
  const stated = media.attributes.find(({ name }) => name === 'rtcp')?.value?.split(' ') ?? [];
  const [port = '', , , address = ''] = stated;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return { address: rtp.address, port: rtp.port + 1 };
  return { address: isIP(address) === 0 ? rtp.address : address, port: Number(port) };
}

/** Value of a time attribute such as `ptime`, in milliseconds. */
export function packetTimeMs(media: SdpMedia, attribute: 'ptime' | 'maxptime'): number | undefined {
  const value = Number(media.attributes.find(({ name }) => name === attribute)?.value);
  return value > 0 ? value : undefined;
}
