import { noParameters, type Parameters, parseParameters, unquote } from './grammar.ts';

/** A header value of the form `name;a=1;b="2"`: Content-Type, Content-Disposition, Event. */
export interface ParameterisedValue {
  /** Lower case. */
  readonly name: string;
  readonly parameters: Parameters;
}

/** @throws SipParseError when the parameters are malformed. */
export function parseParameterised(text: string): ParameterisedValue {
  const semicolon = text.indexOf(';');
  if (semicolon < 0) return { name: text.trim().toLowerCase(), parameters: noParameters };
  return {
    name: text.slice(0, semicolon).trim().toLowerCase(),
    parameters: parseParameters(text.slice(semicolon + 1)),
  };
}

/** Value of a parameter without its quotation marks. */
export function parameterOf(value: ParameterisedValue, name: string): string | undefined {
  const written = value.parameters.get(name);
  return written === undefined ? undefined : unquote(written);
}
