import { type CodecName, isCodecName } from '@dialplane/sip';

/** Of a trunk's codecs those that media threads speak, in their order. */
export function spokenCodecs(codecs: readonly string[]): CodecName[] {
  return codecs.filter(isCodecName);
}
