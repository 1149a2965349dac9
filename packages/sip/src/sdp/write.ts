import type { SdpAttribute, SdpConnection, SessionDescription } from './description.ts';

/** The text of a session description, in the order of RFC 8866 5. */
export function writeSdp(description: SessionDescription): string {
  const { origin } = description;
  let text = `v=0\r\no=${origin.username} ${origin.sessionId} ${origin.sessionVersion} ${connectionText(origin.connection)}\r\n`;
  text += `s=${description.sessionName}\r\n`;
  if (description.connection) text += `c=${connectionText(description.connection)}\r\n`;
  for (const timing of description.timing) text += `t=${timing}\r\n`;
  text += attributeLines(description.attributes);
  for (const media of description.media) {
    text += `m=${media.kind} ${media.port} ${media.protocol} ${media.formats.join(' ')}\r\n`;
    if (media.connection) text += `c=${connectionText(media.connection)}\r\n`;
    text += attributeLines(media.attributes);
  }
  return text;
}

function connectionText(connection: SdpConnection): string {
  return `IN ${connection.family} ${connection.address}`;
}

function attributeLines(attributes: readonly SdpAttribute[]): string {
  return attributes
    .map(({ name, value }) => (value === undefined ? `a=${name}\r\n` : `a=${name}:${value}\r\n`))
    .join('');
}
