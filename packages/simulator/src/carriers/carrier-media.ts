import { decodeG711, encodeG711, type G711Law } from '@dialplane/audio';
import { createMediaClock, createPortPool, type MediaClockSeat, openRtpLeg } from '@dialplane/rtp';
import type { NegotiatedAudio } from '@dialplane/sip';

/** Apart from the range of simulated callers. */
const RTP_PORTS = { min: 27_000, max: 29_999 };

/** 20 ms at 8 kHz. */
const FRAME_SAMPLES = 160;

/** A packet of 120 ms, longer than any that is in use. */
const LONGEST_PACKET_SAMPLES = 960;

/** Sound of one call at the carrier: silence or what it is given goes out, what comes in is kept. */
export interface CarrierMedia {
  readonly port: number;
  /** Packets that came. */
  readonly receivedPackets: number;
  /** All that was heard so far, 8 kHz. */
  heard(): Int16Array;
  /** Keys that were heard. */
  readonly digits: string;
  connect(audio: NegotiatedAudio): void;
  /** Sends these samples of 8 kHz after what is still waiting. */
  say(samples: Int16Array): void;
  close(): Promise<void>;
}

export async function openCarrierMedia(host: string): Promise<CarrierMedia> {
  const clock = createMediaClock({ onError: () => undefined });
  const packet = new Int16Array(LONGEST_PACKET_SAMPLES);
  const frame = new Int16Array(FRAME_SAMPLES);
  const kept: Int16Array[] = [];
  const waiting: Int16Array[] = [];
  let law: G711Law = 'mu';
  let seat: MediaClockSeat | undefined;
  let digits = '';
  const leg = await openRtpLeg({
    pool: createPortPool({ ...RTP_PORTS, host }),
    handlers: {
      onSound(payload, { payloadFrom: from, payloadTo: to }) {
        const count = Math.min(to - from, LONGEST_PACKET_SAMPLES);
        decodeG711(law, payload, from, from + count, packet, 0);
        kept.push(packet.slice(0, count));
      },
      onDigit: (digit) => {
        digits += digit;
      },
      onError: () => undefined,
    },
  });

  function tick(_dueMs: number, skipped: number): void {
    for (let i = 0; i < skipped; i += 1) leg.skip();
    frame.fill(0);
    const next = waiting.shift();
    if (next) frame.set(next);
    encodeG711(law, frame, 0, FRAME_SAMPLES, leg.payload, 0);
    leg.send(false);
  }

  return {
    port: leg.localPort,
    get receivedPackets() {
      return kept.length;
    },
    get digits() {
      return digits;
    },
    heard() {
      const all = new Int16Array(kept.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const part of kept) {
        all.set(part, at);
        at += part.length;
      }
      return all;
    },
    connect(audio) {
      law = audio.codec === 'PCMA' ? 'a' : 'mu';
      leg.connect(audio);
      seat ??= clock.join({ tick });
    },
    say(samples) {
      for (let at = 0; at < samples.length; at += FRAME_SAMPLES) waiting.push(samples.slice(at, at + FRAME_SAMPLES));
    },
    async close() {
      seat?.leave();
      await leg.close();
    },
  };
}
