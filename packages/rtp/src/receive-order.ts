import { createRtpHeader, type RtpHeader } from './packet.ts';

/** A larger step of the sequence number is no loss but a new stream: one second of sound at 20 ms a packet. */
const LARGEST_STEP = 50;

/**
 * Ticks of 20 ms a packet waits for the one missing before it: 40 ms, so that two neighbours that changed places are put right,
 * while a lost packet delays the caller's words no longer than that.
 */
const HELD_TICKS = 2;

/** Sequence numbers remembered to tell a packet that comes twice from one that comes late; more than the largest step. */
const REMEMBERED = 64;

export interface ReceiveOrderSinks {
  /** A packet in order; `lost` packets are missing right before it. The header is valid during the call only. */
  packet(packet: Buffer, header: RtpHeader, lost: number): void;
  /** A packet was dropped: one after it had been given out already. */
  late(): void;
  /** A packet was dropped: it has come before. */
  duplicate(): void;
  /** The next packet begins a new stream: another source identifier or a large step in the sequence. */
  newStream(): void;
}

/**
 * Puts the packets of one source into the order of their sequence numbers (after RFC 3550 appendix A.1, without its probation:
 * the first packet of a call is heard). One packet may wait; when a second one comes that does not fill the gap, the missing
 * packet counts as lost.
 */
export interface ReceiveOrder {
  push(packet: Buffer, header: RtpHeader): void;
  /** Once every 20 ms: a held packet does not wait for ever. */
  tick(): void;
  /** Forgets the stream; a held packet is dropped. */
  reset(): void;
}

export function createReceiveOrder(sinks: ReceiveOrderSinks): ReceiveOrder {
  let started = false;
  let ssrc = 0;
  let next = 0;
  let held: Buffer | undefined;
  const heldHeader = createRtpHeader();
  let heldTicks = 0;
  const seen = new Int32Array(REMEMBERED).fill(-1);

  function deliver(packet: Buffer, header: RtpHeader): void {
    const lost = forward(next, header.sequence);
    next = (header.sequence + 1) & 0xffff;
    sinks.packet(packet, header, lost);
  }

  function deliverHeld(): void {
    if (held === undefined) return;
    const packet = held;
    held = undefined;
    deliver(packet, heldHeader);
  }

  function deliverOrHold(packet: Buffer, header: RtpHeader): void {
    if (header.sequence === next) {
      deliver(packet, header);
      if (heldHeader.sequence === next) deliverHeld();
    } else {
      held = packet;
      heldTicks = 0;
      Object.assign(heldHeader, header);
    }
  }

  function begin(header: RtpHeader): void {
    deliverHeld();
    if (started) sinks.newStream();
    started = true;
    ssrc = header.ssrc;
    next = header.sequence;
    seen.fill(-1);
  }

  return {
    push(packet, header) {
      const isOld = forward(header.sequence, next - 1) < LARGEST_STEP;
      // Between what was given out last and what is held, or near enough after either.
      const isNear =
        forward(next, header.sequence) <= LARGEST_STEP ||
        (held !== undefined && forward(heldHeader.sequence, header.sequence) <= LARGEST_STEP);
      if (!started || header.ssrc !== ssrc || !(isOld || isNear)) {
        begin(header);
      } else if (seen[header.sequence % REMEMBERED] === header.sequence) {
        sinks.duplicate();
        return;
      } else if (isOld) {
        sinks.late();
        return;
      }
      seen[header.sequence % REMEMBERED] = header.sequence;

      if (held !== undefined && header.sequence !== next) {
        if (forward(next, header.sequence) < forward(next, heldHeader.sequence)) {
          deliver(packet, header);
          if (heldHeader.sequence === next) deliverHeld();
          return;
        }
        deliverHeld();
      }
      deliverOrHold(packet, header);
    },

    tick() {
      if (held === undefined) return;
      heldTicks += 1;
      if (heldTicks >= HELD_TICKS) deliverHeld();
    },

    reset() {
      held = undefined;
      started = false;
    },
  };
}

/** How far `to` lies after `from` in the ring of 16-bit sequence numbers. */
function forward(from: number, to: number): number {
  return (to - from) & 0xffff;
}
