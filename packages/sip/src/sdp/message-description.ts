import type { SipMessage } from '../message/message.ts';
import { sessionDescriptionBytes } from '../message/session-body.ts';
import { SdpParseError, type SessionDescription } from './description.ts';
import { parseSdp } from './parse.ts';

/** The description in a message, if there is one that can be read. */
export function readableSdp(message: SipMessage): SessionDescription | undefined {
  const bytes = sessionDescriptionBytes(message);
  if (bytes === undefined) return undefined;
  try {
    return parseSdp(bytes.toString('utf8'));
  } catch (error) {
    if (error instanceof SdpParseError) return undefined;
    throw error;
  }
}
