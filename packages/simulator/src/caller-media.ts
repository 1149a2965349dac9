import { decodeG711, encodeG711, type G711Law } from '@dialplane/audio';
import {
  createMediaClock,
  createPortPool,
  type MediaClockSeat,
  openRtpLeg,
  type RtpLeg,
  sharedNowMs,
} from '@dialplane/rtp';
import type { NegotiatedAudio } from '@dialplane/sip';
import { type AgentEarEvents, createAgentEar } from './agent-ear.ts';
import type { AgentSpeech } from './call-notes.ts';
import { type CallRecording, createCallRecording } from './call-recording.ts';
import type { PreparedLine } from './caller-lines.ts';
import { type BackgroundSound, createCallerMouth, FRAME_SAMPLES } from './caller-mouth.ts';

/** Beside the server's default range and below the ports the system gives out by itself. */
const RTP_PORTS = { min: 30_000, max: 32_767 };

/** Long enough for every receiver, short enough for a person in a hurry. */
const DIGIT_MS = 100;

/** A packet of 120 ms, longer than any that is in use. */
const LONGEST_PACKET_SAMPLES = 960;

export interface CallerMediaEvents extends AgentEarEvents {
  /** The line is said: its last sample of speech, or the end of its last key, went out at `atMs`. */
  lineSaid(atMs: number): void;
  /** The telephone broke: nothing more will follow. */
  failed(error: unknown): void;
}

/** The caller's telephone: what it says, hears and records. Times are on the clock of `sharedNowMs`. */
export interface CallerMedia {
  readonly port: number;
  readonly stats: RtpLeg['stats'];
  /** Undefined before `connect`. */
  readonly recording: CallRecording | undefined;
  /** The media was agreed, first or again: packets flow from here on. */
  connect(audio: NegotiatedAudio): void;
  /** Says a line, or presses its keys; `lineSaid` follows. */
  say(line: PreparedLine): void;
  readonly agentSpeaks: boolean;
  /** What the agent says now, or said last. */
  readonly agentSpeech: AgentSpeech | undefined;
  close(): Promise<void>;
}

/** Binds the port; nothing is sent before `connect`. */
export async function openCallerMedia(
  host: string,
  background: BackgroundSound | undefined,
  events: CallerMediaEvents,
): Promise<CallerMedia> {
  const ear = createAgentEar(events);
  const mouth = createCallerMouth(background);
  const clock = createMediaClock({ onError: (error) => events.failed(error) });
  const heard = new Int16Array(LONGEST_PACKET_SAMPLES);
  const frame = new Int16Array(FRAME_SAMPLES);
  let law: G711Law = 'mu';
  let seat: MediaClockSeat | undefined;
  let recording: CallRecording | undefined;
  let pressing = false;

  const leg = await openRtpLeg({
    pool: createPortPool({ ...RTP_PORTS, host }),
    handlers: {
      onSound(packet, { payloadFrom: from, payloadTo: to }) {
        const arrivedMs = sharedNowMs();
        const count = Math.min(to - from, LONGEST_PACKET_SAMPLES);
        decodeG711(law, packet, from, from + count, heard, 0);
        recording?.agent(heard, count, arrivedMs);
        ear.hear(heard, count, arrivedMs);
      },
      // A caller does not listen for keys: they are no speech.
      onDigit: () => undefined,
      onError: (error) => events.failed(error),
    },
  });

  function tick(dueMs: number, skipped: number): void {
    for (let i = 0; i < skipped; i += 1) leg.skip();
    const endsSpeech = mouth.next(frame);
    encodeG711(law, frame, 0, FRAME_SAMPLES, leg.payload, 0);
    const sentMs = sharedNowMs();
    leg.send(false);
    recording?.caller(frame, dueMs);
    ear.tick(sentMs);
    if (endsSpeech) events.lineSaid(sentMs + mouth.speechEndMs);
    if (pressing && !leg.sendingDigits) {
      pressing = false;
      events.lineSaid(sentMs);
    }
  }

  return {
    port: leg.localPort,
    stats: leg.stats,

    get recording() {
      return recording;
    },

    get agentSpeaks() {
      return ear.speaking;
    },

    get agentSpeech() {
      return ear.speech;
    },

    connect(audio) {
      law = audio.codec === 'PCMA' ? 'a' : 'mu';
      leg.connect(audio);
      recording ??= createCallRecording(sharedNowMs());
      seat ??= clock.join({ tick });
    },

    say(line) {
      if (line.kind !== 'digits') {
        mouth.say(line.samples, line.speechTo);
        return;
      }
      for (const digit of line.text) {
        // Not agreed or no key: the call is of no use any more, and says why.
        if (!leg.pressDigit(digit, DIGIT_MS)) throw new Error(`The key "${digit}" cannot be sent in this call.`);
      }
      pressing = true;
    },

    async close() {
      seat?.leave();
      await leg.close();
    },
  };
}
