import type { CallTrunk } from '@dialplane/calls';

type Codec = CallTrunk['codecs'][number];

const isSpoken = (codec: string): codec is Codec => codec === 'PCMU' || codec === 'PCMA';

/** Of a trunk's codecs those that media threads speak, in their order. */
export function spokenCodecs(codecs: readonly string[]): Codec[] {
  return codecs.filter(isSpoken);
}
