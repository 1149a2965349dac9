/** RFC 8866 session descriptions, as far as telephony uses them. Everything is kept in order; unknown attributes too. */
export interface SessionDescription {
  readonly origin: SdpOrigin;
  readonly sessionName: string;
  /** Session-level `c=`. */
  readonly connection: SdpConnection | undefined;
  /** `t=` lines without their type; an answer repeats them (RFC 3264 6). */
  readonly timing: readonly string[];
  readonly attributes: readonly SdpAttribute[];
  readonly media: readonly SdpMedia[];
}

export interface SdpOrigin {
  readonly username: string;
  readonly sessionId: string;
  readonly sessionVersion: string;
  readonly connection: SdpConnection;
}

export interface SdpConnection {
  readonly family: 'IP4' | 'IP6';
  readonly address: string;
}

export interface SdpAttribute {
  readonly name: string;
  readonly value: string | undefined;
}

export interface SdpMedia {
  /** `audio`, `video`, `image`, ... */
  readonly kind: string;
  /** 0 means refused or switched off. */
  readonly port: number;
  /** `RTP/AVP`, `RTP/SAVP`, ... */
  readonly protocol: string;
  /** Payload types, as text. */
  readonly formats: readonly string[];
  readonly connection: SdpConnection | undefined;
  readonly attributes: readonly SdpAttribute[];
}

/** Who sends, seen from the writer of the description. */
export type MediaDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** A body that is no session description. */
export class SdpParseError extends Error {
  readonly code = 'malformed_sdp';
  readonly errorClass = 'theirs';

  constructor(message: string) {
    super(message);
    this.name = 'SdpParseError';
  }
}
