import { type CodecDescription, staticCodec } from './codec-descriptions.ts';
import type { SdpAttribute, SdpMedia } from './description.ts';

/** The codecs of a media line in the order of preference, with the numbers and parameters they have there. */
export function codecsOf(media: SdpMedia): CodecDescription[] {
  const codecs: CodecDescription[] = [];
  for (const format of media.formats) {
    const payloadType = /^\d{1,3}$/.test(format) ? Number(format) : -1;
    if (payloadType < 0 || payloadType > 127) continue;
    const codec = codecOf(media, format, payloadType);
    if (codec) codecs.push(codec);
  }
  return codecs;
}

function codecOf(media: SdpMedia, format: string, payloadType: number): CodecDescription | undefined {
  const rtpmap = parametersOf(media, 'rtpmap', format);
  const fmtp = parametersOf(media, 'fmtp', format);
  // Static numbers need no rtpmap, but one may say that they mean something else.
  const codec = rtpmap === undefined ? staticCodec(payloadType) : readEncoding(rtpmap);
  if (!codec) return undefined;
  const { name, clockRateHz, channels } = codec;
  const own = fmtp ?? codec.fmtp;
  return own === undefined
    ? { name, clockRateHz, channels, payloadType }
    : { name, clockRateHz, channels, payloadType, fmtp: own };
}

/** `opus/48000/2`. */
function readEncoding(encoding: string): Omit<CodecDescription, 'payloadType'> {
  const [name = '', rate = '', channels = '1'] = encoding.split('/');
  return { name, clockRateHz: Number(rate), channels: Number(channels) };
}

/** What an attribute says about one format: the text after its number. */
function parametersOf(media: SdpMedia, attribute: string, format: string): string | undefined {
  for (const { name, value } of media.attributes) {
    if (name !== attribute || value === undefined) continue;
    const space = value.indexOf(' ');
    if (space > 0 && value.slice(0, space) === format) return value.slice(space + 1).trim();
  }
  return undefined;
}

/** `rtpmap` and `fmtp` lines for the formats of a media line of ours. */
export function codecAttributes(codecs: readonly CodecDescription[]): SdpAttribute[] {
  return codecs.flatMap(({ name, clockRateHz, channels, payloadType, fmtp }) => {
    const encoding = channels === 1 ? `${name}/${clockRateHz}` : `${name}/${clockRateHz}/${channels}`;
    const rtpmap = { name: 'rtpmap', value: `${payloadType} ${encoding}` };
    return fmtp === undefined ? [rtpmap] : [rtpmap, { name: 'fmtp', value: `${payloadType} ${fmtp}` }];
  });
}
