/** The ways to encrypt that SDP may agree on (RFC 4568 6.2, RFC 7714 14.2), named as there. */
export type SrtpSuite = 'AEAD_AES_256_GCM' | 'AEAD_AES_128_GCM' | 'AES_CM_128_HMAC_SHA1_80' | 'AES_CM_128_HMAC_SHA1_32';

export interface SrtpProfile {
  readonly kind: 'counter-mode' | 'gcm';
  readonly keyBytes: 16 | 32;
  /** Master salt as it stands in SDP behind the key: RFC 3711 takes 14 bytes, RFC 7714 12. */
  readonly saltBytes: 14 | 12;
  /** Authentication tag of RTP and of RTCP packets; RFC 4568 6.2.2 keeps the long one for RTCP. */
  readonly rtpTagBytes: 4 | 10 | 16;
  readonly rtcpTagBytes: 10 | 16;
}

/** Strongest first: the order we offer them in. */
export const srtpProfiles: Readonly<Record<SrtpSuite, SrtpProfile>> = {
  AEAD_AES_256_GCM: { kind: 'gcm', keyBytes: 32, saltBytes: 12, rtpTagBytes: 16, rtcpTagBytes: 16 },
  AEAD_AES_128_GCM: { kind: 'gcm', keyBytes: 16, saltBytes: 12, rtpTagBytes: 16, rtcpTagBytes: 16 },
  AES_CM_128_HMAC_SHA1_80: { kind: 'counter-mode', keyBytes: 16, saltBytes: 14, rtpTagBytes: 10, rtcpTagBytes: 10 },
  AES_CM_128_HMAC_SHA1_32: { kind: 'counter-mode', keyBytes: 16, saltBytes: 14, rtpTagBytes: 4, rtcpTagBytes: 10 },
};

export function isSrtpSuite(name: string): name is SrtpSuite {
  return name in srtpProfiles;
}
