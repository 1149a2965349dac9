import { isToken, parseDecimal } from './grammar.ts';
import { MAX_CSEQ } from './limits.ts';
import { SipParseError } from './parse-error.ts';

/** RFC 3261 20.16. */
export interface CSeq {
  readonly number: number;
  readonly method: string;
}

/** @throws SipParseError */
export function parseCSeq(text: string): CSeq {
  const value = text.trim();
  const blank = value.search(/[ \t]/);
  if (blank < 0) throw new SipParseError('CSeq without a method');
  const method = value.slice(blank).trim();
  if (!isToken(method)) throw new SipParseError('CSeq method is malformed');
  return { number: parseDecimal(value.slice(0, blank), MAX_CSEQ, 'CSeq'), method };
}
