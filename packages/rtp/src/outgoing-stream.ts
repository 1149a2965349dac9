import { randomBytes, randomInt } from 'node:crypto';
import { createDigitSender } from './digit-sender.ts';
import { createRtpHeader, RTP_HEADER_BYTES, writeRtpHeader } from './packet.ts';
import { TELEPHONE_EVENT_BYTES } from './telephone-event.ts';

/** Ticks of 20 ms in a second. */
const TICKS_PER_SECOND = 50;

/** The largest payload of the codecs in use: a frame of Opus (RFC 6716 3.2.1). */
const MOST_PAYLOAD_BYTES = 1275;

/**
 * Packets that may wait in the socket while the kernel's send buffer is full. They are not copied, so each gets its own buffer;
 * the clock catches up at most three packets in a row.
 */
const BUFFERS = 4;

/** The packets a leg sends: numbers, timestamps, and digits in place of sound. */
export interface OutgoingStream {
  /** Room for the sound of the next packet, to be filled before `packet`. */
  readonly payload: Buffer;
  readonly sendingDigits: boolean;
  readonly ssrc: number;
  /** Of the next packet of sound. */
  readonly timestamp: number;
  /** Undefined for `telephoneEventPayloadType` when digits were not agreed. */
  agree(payloadType: number, telephoneEventPayloadType: number | undefined, clockRateHz: number): void;
  pressDigit(digit: string, durationMs: number): boolean;
  /** The packet of this tick with its sound, or the digit that replaces it. Valid until three more were made. */
  packet(marker: boolean, payloadBytes: number): Buffer;
  /** The packet of a tick without sound: a digit, or none. */
  packetWithoutSound(): Buffer | undefined;
  /** Once for each tick, after its packet: time goes on, whether there was one or not. */
  endTick(): void;
  snapshot(): OutgoingStreamSnapshot;
  restore(snapshot: OutgoingStreamSnapshot): void;
}

export interface OutgoingStreamSnapshot {
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payloadType: number;
  readonly telephoneEventPayloadType: number | null;
  readonly clockRateHz: number;
}

interface SendBuffer {
  readonly sound: Buffer;
  readonly payload: Buffer;
  readonly event: Buffer;
}

export function createOutgoingStream(): OutgoingStream {
  const buffers = Array.from({ length: BUFFERS }, createSendBuffer);
  let nextBuffer = 0;
  let buffer = createSendBuffer();
  const header = createRtpHeader();
  const digits = createDigitSender();
  let clockRateHz = 8000;
  // Random beginnings, RFC 3550 section 5.1, so that nobody who has not seen the stream can continue it.
  let sequence = randomInt(0x10000);
  let timestamp = randomBytes(4).readUInt32BE();
  let ssrc = randomBytes(4).readUInt32BE();
  let payloadType = 0;
  let telephoneEventPayloadType = -1;
  /** The next packet of sound does not follow the last one without a pause. */
  let paused = true;
  let sentInTick = false;

  function turnBuffer(): void {
    buffer = buffers[nextBuffer] ?? buffer;
    nextBuffer = (nextBuffer + 1) % BUFFERS;
  }
  turnBuffer();

  function finish(packet: Buffer): Buffer {
    header.sequence = sequence;
    header.ssrc = ssrc;
    writeRtpHeader(packet, header);
    sentInTick = true;
    sequence = (sequence + 1) & 0xffff;
    turnBuffer();
    return packet;
  }

  function digitPacket(): Buffer | undefined {
    const packet = buffer.event;
    if (!digits.busy || !digits.tick(packet, RTP_HEADER_BYTES, timestamp)) return undefined;
    header.marker = digits.first;
    header.payloadType = telephoneEventPayloadType;
    header.timestamp = digits.timestamp;
    return finish(packet);
  }

  return {
    get payload() {
      return buffer.payload;
    },

    get sendingDigits() {
      return digits.busy;
    },

    get ssrc() {
      return ssrc;
    },

    get timestamp() {
      return timestamp;
    },

    agree(sound, telephoneEvent, rateHz) {
      clockRateHz = rateHz;
      payloadType = sound;
      telephoneEventPayloadType = telephoneEvent ?? -1;
    },

    pressDigit(digit, durationMs) {
      return telephoneEventPayloadType >= 0 && digits.press(digit, durationMs, clockRateHz);
    },

    packet(marker, payloadBytes) {
      const digit = digitPacket();
      if (digit) return digit;
      header.marker = marker || paused;
      header.payloadType = payloadType;
      header.timestamp = timestamp;
      paused = false;
      return finish(buffer.sound.subarray(0, RTP_HEADER_BYTES + payloadBytes));
    },

    packetWithoutSound: digitPacket,

    endTick() {
      if (!sentInTick) paused = true;
      sentInTick = false;
      timestamp = (timestamp + clockRateHz / TICKS_PER_SECOND) >>> 0;
    },

    snapshot() {
      return {
        sequence,
        timestamp,
        ssrc,
        payloadType,
        clockRateHz,
        telephoneEventPayloadType: telephoneEventPayloadType < 0 ? null : telephoneEventPayloadType,
      };
    },

    restore(snapshot) {
      ({ sequence, timestamp, ssrc, payloadType, clockRateHz } = snapshot);
      telephoneEventPayloadType = snapshot.telephoneEventPayloadType ?? -1;
    },
  };
}

function createSendBuffer(): SendBuffer {
  const sound = Buffer.alloc(RTP_HEADER_BYTES + MOST_PAYLOAD_BYTES);
  return {
    sound,
    payload: sound.subarray(RTP_HEADER_BYTES),
    event: Buffer.alloc(RTP_HEADER_BYTES + TELEPHONE_EVENT_BYTES),
  };
}
