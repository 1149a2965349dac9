import type { SdpAttribute, SdpMedia } from './description.ts';

/** One `a=crypto` line (RFC 4568 9.1): a key for SRTP that its writer sends with. */
export interface CryptoAttribute {
  /** Pairs the lines of offer and answer. */
  readonly tag: number;
  /** `AES_CM_128_HMAC_SHA1_80`, ... */
  readonly suite: string;
  /** `inline:` and the key, as written. */
  readonly keyParameters: string;
  /** Anything behind the key, such as `UNENCRYPTED_SRTCP`. */
  readonly sessionParameters: readonly string[];
}

/** Both directions' keys. */
export interface AgreedCrypto {
  readonly local: CryptoAttribute;
  readonly remote: CryptoAttribute;
}

/** The lines that can be read, in the order of preference. */
export function cryptoOf(media: SdpMedia): CryptoAttribute[] {
  return media.attributes.flatMap(({ name, value }) => {
    if (name !== 'crypto' || value === undefined) return [];
    const [tag = '', suite, keyParameters, ...sessionParameters] = value.split(' ').filter((part) => part !== '');
    if (!/^\d{1,9}$/.test(tag) || !suite || !keyParameters?.startsWith('inline:')) return [];
    return [{ tag: Number(tag), suite, keyParameters, sessionParameters }];
  });
}

/**
 * The first line offered that we have a key for (RFC 4568 5.1.2); our line repeats its tag. Session parameters change what
 * is on the wire, and we speak none of them, so such a line is passed over.
 */
export function answerCrypto(
  offered: readonly CryptoAttribute[],
  ours: readonly CryptoAttribute[],
): AgreedCrypto | undefined {
  for (const remote of offered) {
    const key = ours.find(({ suite }) => suite === remote.suite);
    if (key && remote.sessionParameters.length === 0) return { remote, local: { ...key, tag: remote.tag } };
  }
  return undefined;
}

/** The line of our offer that an answer chose (RFC 4568 5.1.3). */
export function chosenCrypto(
  answered: readonly CryptoAttribute[],
  ours: readonly CryptoAttribute[],
): AgreedCrypto | undefined {
  const remote = answered[0];
  const local = ours.find(({ tag, suite }) => tag === remote?.tag && suite === remote.suite);
  return remote && local && { local, remote };
}

export function cryptoAttribute({ tag, suite, keyParameters, sessionParameters }: CryptoAttribute): SdpAttribute {
  return { name: 'crypto', value: [tag, suite, keyParameters, ...sessionParameters].join(' ') };
}
