/** Times and limits of the guard; each has its reason where its default is. */
export interface GuardLimits {
  /** That many failures within `windowMs` bring silence. */
  readonly failures: number;
  readonly windowMs: number;
  /** A challenge that nobody has answered for so long is a failure. */
  readonly challengeMs: number;
  readonly firstSilenceMs: number;
  readonly longestSilenceMs: number;
  /** A quiet time of this length makes the next silence half as long. */
  readonly decayMs: number;
  /** A source that has proved who it is stays exempt for so long. */
  readonly trustMs: number;
  /** Sources remembered of each kind: watched, silenced and trusted ones. */
  readonly sources: number;
}

export const defaultLimits: GuardLimits = {
  // A phone with a wrong password tries two or three times a minute, a scanner hundreds of times.
  failures: 10,
  windowMs: 60_000,
  // A client answers a challenge within a round trip; five seconds forgive a slow one and a lost packet or two.
  challengeMs: 5_000,
  firstSilenceMs: 600_000,
  longestSilenceMs: 86_400_000,
  decayMs: 86_400_000,
  trustMs: 86_400_000,
  // About 300 bytes each: a flood with made-up sources costs a few megabytes, and pushes out only its own kind.
  sources: 10_000,
};
