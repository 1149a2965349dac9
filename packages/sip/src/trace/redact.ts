/** Headers whose values can be guessed offline, or used (RFC 3261 20.7, 20.28; RFC 3329 has none). */
const credentials = /^((?:proxy-)?authorization[ \t]*:)(.*(?:\r?\n[ \t].*)*)/gim;
/** An SDES key opens the sound (RFC 4568 6.1). */
const mediaKeys = /^(a=crypto:.*?inline:)(\S+)/gim;

/**
 * The text of a SIP message without its secrets: answers to challenges are taken away, in a form that other programs still
 * read as credentials, and keys of the sound give way to as many `x`, so that Content-Length stays true.
 */
export function withoutSecrets(text: string): string {
  return text
    .replace(credentials, '$1 Digest response="(removed)"')
    .replace(mediaKeys, (_, name: string, key: string) => name + 'x'.repeat(key.length));
}
