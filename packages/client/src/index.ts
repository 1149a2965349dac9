/** A typed client of the HTTP API, made from its OpenAPI document. */
export { ApiError } from './api-error.ts';
export {
  type AnswerOf,
  type Client,
  type ClientOptions,
  createClient,
  type OperationId,
  type PagedOperationId,
  type RequestOf,
  type StreamOptions,
} from './client.ts';
export type * from './generated.ts';
export type { ServerSentEvent } from './server-sent-events.ts';
