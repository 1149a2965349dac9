/** A codec as `rtpmap` and `fmtp` write it (RFC 8866 6.6, 6.15). */
export interface CodecDescription {
  /** Encoding name; compared without regard to case. */
  readonly name: string;
  /** The RTP clock, which for G.722 is not the sampling rate (RFC 3551 4.5.2). */
  readonly clockRateHz: number;
  readonly channels: number;
  /** Number in our offers: the static one of RFC 3551 6, or a dynamic one. An answer takes the offerer's. */
  readonly payloadType: number;
  /** Format parameters in our descriptions. */
  readonly fmtp?: string;
}

/** Every codec negotiation can handle; which of them a call allows, and in what order, is for `LocalAudio.codecs` to say. */
export const codecDescriptions = {
  PCMU: { name: 'PCMU', clockRateHz: 8000, channels: 1, payloadType: 0 },
  PCMA: { name: 'PCMA', clockRateHz: 8000, channels: 1, payloadType: 8 },
  G722: { name: 'G722', clockRateHz: 8000, channels: 1, payloadType: 9 },
  // Two channels and 48 kHz whatever is sent (RFC 7587 7); in-band FEC costs nothing until packets get lost.
  opus: { name: 'opus', clockRateHz: 48_000, channels: 2, payloadType: 96, fmtp: 'useinbandfec=1' },
} as const satisfies Readonly<Record<string, CodecDescription>>;

export type CodecName = keyof typeof codecDescriptions;

/** All of them. */
export const codecNames: readonly CodecName[] = ['PCMU', 'PCMA', 'G722', 'opus'];

export function isCodecName(name: string): name is CodecName {
  return name in codecDescriptions;
}

/** Comfort noise beside 8 kHz codecs (RFC 3389 4). */
export const comfortNoise: CodecDescription = { name: 'CN', clockRateHz: 8000, channels: 1, payloadType: 13 };

/** Digits 0 to 9, *, #, A to D (RFC 4733 3.2). */
const TELEPHONE_EVENTS = '0-15';

/** Digits on the clock of the codec they stand beside (RFC 4733 2.1); 101 is what most of the industry uses. */
export function telephoneEvent(clockRateHz: number): CodecDescription {
  const payloadType = clockRateHz === 8000 ? 101 : 102;
  return { name: 'telephone-event', clockRateHz, channels: 1, payloadType, fmtp: TELEPHONE_EVENTS };
}

const staticCodecs: ReadonlyMap<number, CodecDescription> = new Map(
  [codecDescriptions.PCMU, codecDescriptions.PCMA, codecDescriptions.G722, comfortNoise].map((codec) => [
    codec.payloadType,
    codec,
  ]),
);

/** What a number means without an `rtpmap` (RFC 3551 6), as far as we know it. */
export function staticCodec(payloadType: number): CodecDescription | undefined {
  return staticCodecs.get(payloadType);
}

/** Whether both name the same encoding; numbers and parameters may differ. */
export function sameEncoding(
  one: Pick<CodecDescription, 'name' | 'clockRateHz' | 'channels'>,
  other: Pick<CodecDescription, 'name' | 'clockRateHz' | 'channels'>,
): boolean {
  return (
    one.clockRateHz === other.clockRateHz &&
    one.channels === other.channels &&
    (one.name === other.name || one.name.toLowerCase() === other.name.toLowerCase())
  );
}
