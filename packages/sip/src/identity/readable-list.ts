import { splitOutsideQuotes } from '../message/grammar.ts';
import type { SipHeaders } from '../message/headers.ts';
import { SipParseError } from '../message/parse-error.ts';

/**
 * The values of a header that can be read, in their order. What is malformed is left out: identity headers come from
 * many hands, and none of them is worth a lost call.
 */
export function readableList<T>(headers: SipHeaders, name: string, read: (value: string) => T | undefined): T[] {
  const values: T[] = [];
  for (const line of headers.getAll(name)) {
    for (const text of readable(() => splitOutsideQuotes(line, ',')) ?? []) {
      const value = text === '' ? undefined : readable(() => read(text));
      if (value !== undefined) values.push(value);
    }
  }
  return values;
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof SipParseError) return undefined;
    throw error;
  }
}
