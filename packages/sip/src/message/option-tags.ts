import type { SipHeaders } from './headers.ts';

/**
 * The tokens of a header such as Allow or Supported, as written (RFC 3261 20.5, 20.37). Its grammar knows no quotation
 * marks: a stray one must not lose a call.
 */
export function optionTags(message: { readonly headers: SipHeaders }, name: string): string[] {
  return message.headers.getAll(name).flatMap((line) =>
    line
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
  );
}

/** Whether one of them is in the header; option tags know no case. */
export function hasOptionTag(message: { readonly headers: SipHeaders }, name: string, tag: string): boolean {
  return optionTags(message, name).some((one) => one.toLowerCase() === tag);
}
