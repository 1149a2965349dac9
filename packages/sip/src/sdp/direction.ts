import type { MediaDirection, SdpAttribute, SdpMedia, SessionDescription } from './description.ts';
import { mediaAddress } from './media-address.ts';

/**
 * Who sends, seen from us, when the other side's description says one thing and ours wishes another (RFC 3264 6.1 and 8.4):
 * first the peer's direction, then our wish. As answerer, the cell is the direction of our answer; as offerer, with the
 * offer's direction as the wish, it is what the peer's answer leaves of it.
 */
export const agreedDirection: Readonly<Record<MediaDirection, Readonly<Record<MediaDirection, MediaDirection>>>> = {
  sendrecv: { sendrecv: 'sendrecv', sendonly: 'sendonly', recvonly: 'recvonly', inactive: 'inactive' },
  sendonly: { sendrecv: 'recvonly', sendonly: 'inactive', recvonly: 'recvonly', inactive: 'inactive' },
  recvonly: { sendrecv: 'sendonly', sendonly: 'sendonly', recvonly: 'inactive', inactive: 'inactive' },
  inactive: { sendrecv: 'inactive', sendonly: 'inactive', recvonly: 'inactive', inactive: 'inactive' },
};

/**
 * `sendrecv` when nothing is said (RFC 3264 5.1). The unspecified address is hold in the style of RFC 2543: do not send.
 * @throws SdpParseError when no address applies.
 */
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
