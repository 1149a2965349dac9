import type { Arrival } from './admission.ts';
import type { Sender } from './authenticator.ts';

/** What answers the requests of one method that belong to no dialog. A rejection is answered with 500. */
export type RequestHandler =
  /** Answered without asking who it is. */
  | { readonly sender: 'anyone'; handle(arrival: Arrival): void | Promise<void> }
  /** Only after authentication (RFC 3261 22). */
  | { readonly sender: 'known'; handle(arrival: Arrival, sender: Sender): void | Promise<void> };

/** By method; what is not in it gets 405 once its sender is known. */
export type RequestHandlers = ReadonlyMap<string, RequestHandler>;
