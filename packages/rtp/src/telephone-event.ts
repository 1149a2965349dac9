/**
 * The telephone-event payload, RFC 4733 section 2.3:
 *
 *     0                   1                   2                   3
 *     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *    +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *    |     event     |E|R| volume    |          duration             |
 *    +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
export const TELEPHONE_EVENT_BYTES = 4;

/** The longest duration one event can state; a longer key press goes on in a new segment (section 2.5.1.3). */
export const LONGEST_EVENT_SAMPLES = 0xffff;

/** Event codes 0 to 15 in order (section 3.2, table 3). */
const DIGITS = '0123456789*#ABCD';

const END_BIT = 0x80;

/** -10 dBm0: well inside what RFC 4733 section 2.3.4 calls a valid digit, and what most phones send. */
const VOLUME = 10;

/** The key of an event code, or undefined for events that are no key (hook flash and the like). */
export function digitOfEvent(event: number): string | undefined {
  return DIGITS[event];
}

/** The event code of a key, or -1 when there is no such key. */
export function eventOfDigit(digit: string): number {
  return digit.length === 1 ? DIGITS.indexOf(digit.toUpperCase()) : -1;
}

export function readEventCode(packet: Buffer, from: number): number {
  return packet.readUInt8(from);
}

export function readEventEnd(packet: Buffer, from: number): boolean {
  return (packet.readUInt8(from + 1) & END_BIT) !== 0;
}

export function readEventDurationSamples(packet: Buffer, from: number): number {
  return packet.readUInt16BE(from + 2);
}

export function writeEvent(packet: Buffer, from: number, event: number, end: boolean, durationSamples: number): void {
  packet.writeUInt8(event, from);
  packet.writeUInt8((end ? END_BIT : 0) | VOLUME, from + 1);
  packet.writeUInt16BE(durationSamples, from + 2);
}
