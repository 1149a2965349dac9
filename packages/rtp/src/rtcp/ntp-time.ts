/** Seconds from 1900, where NTP begins, to 1970 (RFC 5905 6). */
const SECONDS_FROM_1900_TO_1970 = 2_208_988_800;

const FRACTIONS = 0x1_0000_0000;

export interface NtpTime {
  readonly seconds: number;
  /** In units of 2^-32 s. */
  readonly fraction: number;
}

/** @param wallTimeMs milliseconds since 1970. */
export function ntpTime(wallTimeMs: number): NtpTime {
  const seconds = Math.floor(wallTimeMs / 1000);
  const fraction = Math.floor(((wallTimeMs - 1000 * seconds) / 1000) * FRACTIONS);
  return { seconds: seconds + SECONDS_FROM_1900_TO_1970, fraction };
}

/** The middle 32 bits, in which reports refer to each other: units of 1/65536 s that wrap after 18 hours (RFC 3550 4). */
export function middleBits({ seconds, fraction }: NtpTime): number {
  return ((seconds & 0xffff) * 0x1_0000 + (fraction >>> 16)) >>> 0;
}

/** Units of 1/65536 s. */
export function shortDuration(durationMs: number): number {
  return Math.round((durationMs * 0x1_0000) / 1000);
}

/** A difference of two middle bits, in milliseconds; negative when the clocks of both sides disagree. */
export function shortDurationMs(units: number): number {
  return ((units | 0) * 1000) / 0x1_0000;
}
