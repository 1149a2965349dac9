import { parseParameters, unquote } from '../message/grammar.ts';
import type { SipHeaders } from '../message/headers.ts';
import { SipParseError } from '../message/parse-error.ts';

/** One value of a Reason header (RFC 3326 2). */
export interface ReasonValue {
  /** `SIP`, `Q.850`, ... as written. */
  readonly protocol: string;
  /** SIP status or Q.850 cause. */
  readonly cause?: number;
  readonly text?: string;
}

/** Why a request was sent, or a response is what it is; what cannot be read is left out, since it only informs. */
export function readReasons(message: { readonly headers: SipHeaders }): ReasonValue[] {
  try {
    return message.headers.list('Reason').flatMap(readReason);
  } catch (error) {
    if (error instanceof SipParseError) return [];
    throw error;
  }
}

function readReason(value: string): ReasonValue[] {
  const semicolon = value.indexOf(';');
  const protocol = (semicolon < 0 ? value : value.slice(0, semicolon)).trim();
  if (protocol === '') return [];
  if (semicolon < 0) return [{ protocol }];
  const parameters = parseParameters(value.slice(semicolon + 1));
  const cause = parameters.get('cause') ?? '';
  const text = parameters.get('text');
  return [
    {
      protocol,
      ...(/^\d{1,5}$/.test(cause) ? { cause: Number(cause) } : {}),
      ...(text === undefined ? {} : { text: unquote(text) }),
    },
  ];
}
