/**
 * Which source a leg listens to, and therefore sends to. The SDP says where the far end is, but behind a NAT its packets come
 * from elsewhere; then the first source that sends valid packets is believed (symmetric RTP, RFC 4961; latching, RFC 7362).
 * After a few packets the choice is locked, so that nobody who guesses the port can take over the call.
 */

/** Packets from one source after which it is locked: 100 ms, so that one stray packet does not decide. */
const PACKETS_TO_LOCK = 5;

/**
 * A source elsewhere that is not locked gives way to another after this silence: 25 packets. A single stray packet that came
 * first (late sound of an earlier call, a scanner) must not make the call deaf.
 */
const UNLOCKED_SILENCE_MS = 500;

/**
 * A locked source is given up after this silence, but only for one that goes on where it stopped: phones that change their
 * network and NATs that forget a binding come back elsewhere within the same stream. Who guesses a port does not know it.
 */
const LOCKED_SILENCE_MS = 1000;

/** `at_sdp` and `elsewhere` say where the source is that was heard; locked ones do not change until there is new SDP. */
export type LatchState = 'waiting' | 'at_sdp' | 'elsewhere' | 'locked_at_sdp' | 'locked_elsewhere';

/**
 * A packet from the address of the SDP, from the source heard now (when that is another one) or from anywhere else;
 * `from_other_after_silence` is the latter when the source heard now has been silent. `successor` and `successor_at_sdp` (from the
 * address of the SDP) go on with the stream of a source that has been silent for long. `enough` follows the packet that makes
 * the source sure; `new_sdp` is a new offer or answer.
 */
export type LatchEvent =
  | 'from_sdp'
  | 'from_source'
  | 'from_other'
  | 'from_other_after_silence'
  | 'successor'
  | 'successor_at_sdp'
  | 'enough'
  | 'new_sdp';

/** `adopt`: play it, and it is the source from now on. `forget`: no source is known any more. */
export type LatchAction = 'adopt' | 'play' | 'refuse' | 'forget' | 'none';

interface LatchStep {
  readonly to: LatchState;
  readonly action: LatchAction;
}

export const latchTable: Readonly<Record<LatchState, Readonly<Record<LatchEvent, LatchStep>>>> = {
  waiting: {
    from_sdp: { to: 'at_sdp', action: 'adopt' },
    // There is no source yet, so these two cannot be told from "other".
    from_source: { to: 'elsewhere', action: 'adopt' },
    from_other_after_silence: { to: 'elsewhere', action: 'adopt' },
    from_other: { to: 'elsewhere', action: 'adopt' },
    successor: { to: 'elsewhere', action: 'adopt' },
    successor_at_sdp: { to: 'at_sdp', action: 'adopt' },
    enough: { to: 'waiting', action: 'none' },
    new_sdp: { to: 'waiting', action: 'forget' },
  },
  at_sdp: {
    from_sdp: { to: 'at_sdp', action: 'play' },
    from_source: { to: 'at_sdp', action: 'play' },
    from_other: { to: 'at_sdp', action: 'refuse' },
    // Packets came from where the far end said it is; a pause of its does not make anybody else right.
    from_other_after_silence: { to: 'at_sdp', action: 'refuse' },
    successor: { to: 'elsewhere', action: 'adopt' },
    successor_at_sdp: { to: 'at_sdp', action: 'adopt' },
    enough: { to: 'locked_at_sdp', action: 'none' },
    new_sdp: { to: 'waiting', action: 'forget' },
  },
  elsewhere: {
    // The far end is where it said after all; whoever came first was somebody else.
    from_sdp: { to: 'at_sdp', action: 'adopt' },
    from_source: { to: 'elsewhere', action: 'play' },
    from_other: { to: 'elsewhere', action: 'refuse' },
    from_other_after_silence: { to: 'elsewhere', action: 'adopt' },
    successor: { to: 'elsewhere', action: 'adopt' },
    successor_at_sdp: { to: 'at_sdp', action: 'adopt' },
    enough: { to: 'locked_elsewhere', action: 'none' },
    new_sdp: { to: 'waiting', action: 'forget' },
  },
  locked_at_sdp: {
    from_sdp: { to: 'locked_at_sdp', action: 'play' },
    from_source: { to: 'locked_at_sdp', action: 'play' },
    from_other: { to: 'locked_at_sdp', action: 'refuse' },
    from_other_after_silence: { to: 'locked_at_sdp', action: 'refuse' },
    successor: { to: 'elsewhere', action: 'adopt' },
    successor_at_sdp: { to: 'at_sdp', action: 'adopt' },
    enough: { to: 'locked_at_sdp', action: 'none' },
    new_sdp: { to: 'waiting', action: 'forget' },
  },
  locked_elsewhere: {
    from_sdp: { to: 'locked_elsewhere', action: 'refuse' },
    from_source: { to: 'locked_elsewhere', action: 'play' },
    from_other: { to: 'locked_elsewhere', action: 'refuse' },
    from_other_after_silence: { to: 'locked_elsewhere', action: 'refuse' },
    successor: { to: 'elsewhere', action: 'adopt' },
    successor_at_sdp: { to: 'at_sdp', action: 'adopt' },
    enough: { to: 'locked_elsewhere', action: 'none' },
    new_sdp: { to: 'waiting', action: 'forget' },
  },
};

/** A literal IP address and a port. */
export interface MediaAddress {
  readonly address: string;
  readonly port: number;
}

export interface SourceLatchSnapshot {
  readonly state: LatchState;
  readonly sdp: MediaAddress;
  readonly source: MediaAddress | null;
  readonly packets: number;
}

export interface SourceLatch {
  /**
   * What to do with a valid packet; on `adopt` the source has changed. `continues` says that it goes on with the stream that is
   * heard, by SSRC and sequence number.
   */
  packet(address: string, port: number, nowMs: number, continues: boolean): 'adopt' | 'play' | 'refuse';
  /** A new offer or answer: the choice is open again. */
  expect(sdp: MediaAddress): void;
  /** The source heard, or the address of the SDP while none is. */
  readonly target: MediaAddress;
  readonly state: LatchState;
  snapshot(): SourceLatchSnapshot;
  restore(snapshot: SourceLatchSnapshot): void;
}

export function createSourceLatch(expected: MediaAddress): SourceLatch {
  let state: LatchState = 'waiting';
  let sdp = expected;
  let source: MediaAddress | undefined;
  let packets = 0;
  let lastHeardMs = 0;

  function step(event: LatchEvent): LatchAction {
    const next = latchTable[state][event];
    state = next.to;
    return next.action;
  }

  function eventOf(address: string, port: number, nowMs: number, continues: boolean): LatchEvent {
    const isAtSdp = port === sdp.port && address === sdp.address;
    const isSource = source !== undefined && port === source.port && address === source.address;
    if (source !== undefined && !isSource && continues && nowMs - lastHeardMs > LOCKED_SILENCE_MS) {
      return isAtSdp ? 'successor_at_sdp' : 'successor';
    }
    if (isAtSdp) return 'from_sdp';
    if (isSource) return 'from_source';
    return nowMs - lastHeardMs > UNLOCKED_SILENCE_MS ? 'from_other_after_silence' : 'from_other';
  }

  return {
    packet(address, port, nowMs, continues) {
      const action = step(eventOf(address, port, nowMs, continues));
      if (action !== 'adopt' && action !== 'play') return 'refuse';
      if (action === 'adopt') {
        source = { address, port };
        packets = 0;
      }
      lastHeardMs = nowMs;
      packets += 1;
      if (packets === PACKETS_TO_LOCK) step('enough');
      return action;
    },

    expect(next) {
      step('new_sdp');
      sdp = next;
      source = undefined;
      packets = 0;
    },

    get target() {
      return source ?? sdp;
    },

    get state() {
      return state;
    },

    snapshot() {
      return { state, sdp, source: source ?? null, packets };
    },

    restore(snapshot) {
      state = snapshot.state;
      sdp = snapshot.sdp;
      source = snapshot.source ?? undefined;
      packets = snapshot.packets;
    },
  };
}
