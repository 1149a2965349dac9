import { STATUS_CODES } from 'node:http';
import type { RefusalCode } from '../refusal.ts';

/** Whose fault a problem is: `theirs` the client's, `ours` the product's, `upstream` of a service behind us. */
type ProblemClass = 'theirs' | 'ours' | 'upstream';

export type ProblemCode =
  | RefusalCode
  | 'malformed_json'
  | 'malformed_request'
  | 'api_key_missing'
  | 'api_key_unknown'
  | 'api_key_expired'
  | 'api_key_not_found'
  | 'organisation_not_found'
  | 'user_not_found'
  | 'rate_limited'
  | 'route_not_found'
  | 'phone_agent_not_found'
  | 'agent_version_not_found'
  | 'inbound_trunk_not_found'
  | 'phone_number_not_found'
  | 'session_not_found'
  | 'call_not_found'
  | 'recording_not_found'
  | 'recording_in_progress'
  | 'range_not_satisfiable'
  | 'contact_not_found'
  | 'sip_ban_not_found'
  | 'changed_meanwhile'
  | 'body_too_large'
  | 'media_type_unsupported'
  | 'validation_failed'
  | 'cursor_invalid'
  | 'internal_error'
  | 'store_unavailable'
  | 'shutting_down';

interface ProblemKind {
  readonly status: number;
  readonly class: ProblemClass;
  /** The same for every occurrence (RFC 9457 section 3.1.3). */
  readonly title: string;
}

/** Every problem the API answers with. Each has a section of the same name in docs/errors.md. */
export const problems: Readonly<Record<ProblemCode, ProblemKind>> = {
  malformed_json: { status: 400, class: 'theirs', title: 'The body is not JSON' },
  malformed_request: { status: 400, class: 'theirs', title: 'The request is malformed' },
  api_key_missing: { status: 401, class: 'theirs', title: 'An API key is needed' },
  api_key_unknown: { status: 401, class: 'theirs', title: 'The API key is unknown' },
  api_key_expired: { status: 401, class: 'theirs', title: 'The API key has expired' },
  scope_missing: { status: 403, class: 'theirs', title: 'The API key lacks a scope' },
  route_not_found: { status: 404, class: 'theirs', title: 'There is no such endpoint' },
  phone_agent_not_found: { status: 404, class: 'theirs', title: 'There is no such phone agent' },
  agent_version_not_found: { status: 404, class: 'theirs', title: 'The phone agent has no such version' },
  inbound_trunk_not_found: { status: 404, class: 'theirs', title: 'There is no inbound trunk' },
  trunk_number_not_found: { status: 404, class: 'theirs', title: 'The inbound trunk does not have the phone number' },
  outbound_trunk_not_found: { status: 404, class: 'theirs', title: 'There is no such outbound trunk' },
  transfer_destination_not_found: { status: 404, class: 'theirs', title: 'There is no such transfer destination' },
  session_not_found: { status: 404, class: 'theirs', title: 'There is no such session' },
  call_not_found: { status: 404, class: 'theirs', title: 'There is no such call' },
  recording_not_found: { status: 404, class: 'theirs', title: 'There is no recording of the call' },
  contact_not_found: { status: 404, class: 'theirs', title: 'There is no such contact' },
  phone_number_not_found: { status: 404, class: 'theirs', title: 'There is no such phone number' },
  api_key_not_found: { status: 404, class: 'theirs', title: 'There is no such API key' },
  organisation_not_found: { status: 404, class: 'theirs', title: 'There is no such organisation' },
  user_not_found: { status: 404, class: 'theirs', title: 'There is no such user' },
  sip_ban_not_found: { status: 404, class: 'theirs', title: 'The source is not silenced' },
  api_key_in_use: { status: 409, class: 'theirs', title: 'The API key is the one in use' },
  organisation_exists: { status: 409, class: 'theirs', title: 'There is an organisation with this slug already' },
  user_exists: { status: 409, class: 'theirs', title: 'There is a user with this e-mail address already' },
  agent_version_state: { status: 409, class: 'theirs', title: 'The version of the phone agent is in another state' },
  inbound_trunk_exists: { status: 409, class: 'theirs', title: 'There is an inbound trunk already' },
  outbound_trunk_in_use: { status: 409, class: 'theirs', title: 'Agents dial through the outbound trunk' },
  transfer_destination_in_use: { status: 409, class: 'theirs', title: 'Agents use the transfer destination' },
  phone_number_assigned: { status: 409, class: 'theirs', title: 'Another agent answers the phone number' },
  call_ended: { status: 409, class: 'theirs', title: 'The call has ended' },
  call_not_answered: { status: 409, class: 'theirs', title: 'The call is not answered yet' },
  call_not_here: { status: 409, class: 'ours', title: 'The call is not under control' },
  digits_not_agreed: { status: 409, class: 'theirs', title: 'The other side takes no keys' },
  recording_in_progress: { status: 409, class: 'theirs', title: 'The call is still being recorded' },
  recording_not_running: { status: 409, class: 'theirs', title: 'The call is not being recorded' },
  contact_exists: { status: 409, class: 'theirs', title: 'There is a contact with this phone number already' },
  session_closed: { status: 409, class: 'theirs', title: 'The session is closed' },
  agent_missing: { status: 409, class: 'theirs', title: 'No agent can answer' },
  phone_number_taken: { status: 409, class: 'theirs', title: 'A phone number belongs to another organisation' },
  phone_number_exists: { status: 409, class: 'theirs', title: 'The organisation has the phone number already' },
  hosted_number_unavailable: { status: 409, class: 'theirs', title: 'No such phone number is for sale' },
  verification_not_awaited: { status: 409, class: 'theirs', title: 'No proof of the phone number is awaited' },
  changed_meanwhile: { status: 409, class: 'theirs', title: 'Something changed at the same time' },
  body_too_large: { status: 413, class: 'theirs', title: 'The body is too large' },
  media_type_unsupported: { status: 415, class: 'theirs', title: 'The body is of an unsupported media type' },
  range_not_satisfiable: { status: 416, class: 'theirs', title: 'There are no such bytes' },
  validation_failed: { status: 422, class: 'theirs', title: 'The request is not valid' },
  reference_unknown: { status: 422, class: 'theirs', title: 'The request names something that is not there' },
  cursor_invalid: { status: 422, class: 'theirs', title: 'The cursor is not valid' },
  assignee_unknown: { status: 422, class: 'theirs', title: 'The assignee is not known' },
  contact_unknown: { status: 422, class: 'theirs', title: 'A contact is not known' },
  contact_merge_invalid: { status: 422, class: 'theirs', title: 'The contacts cannot be merged' },
  organisation_unknown: { status: 422, class: 'theirs', title: 'An organisation is not known' },
  phone_number_invalid: { status: 422, class: 'theirs', title: 'A phone number is not valid' },
  phone_number_unverified: { status: 422, class: 'theirs', title: 'A phone number is not verified' },
  phone_number_method_unavailable: { status: 422, class: 'theirs', title: 'The number cannot be proved this way' },
  verification_code_wrong: { status: 422, class: 'theirs', title: 'The code is wrong' },
  hosted_numbers_not_configured: { status: 422, class: 'theirs', title: 'No number provider is configured' },
  hosted_numbers_unreachable: { status: 422, class: 'theirs', title: 'Carriers cannot reach this server' },
  verification_too_soon: { status: 429, class: 'theirs', title: 'A code was sent a moment ago' },
  rate_limited: { status: 429, class: 'theirs', title: 'Too many requests' },
  internal_error: { status: 500, class: 'ours', title: 'The server made a mistake' },
  number_provider_failed: { status: 502, class: 'upstream', title: 'The number provider failed' },
  number_provider_left_over: { status: 502, class: 'upstream', title: 'Something is left at the number provider' },
  store_unavailable: { status: 503, class: 'upstream', title: 'The database is not available' },
  shutting_down: { status: 503, class: 'ours', title: 'The server is stopping' },
};

/** One fault in the request. */
export interface ProblemError {
  readonly in: 'body' | 'query' | 'path';
  /** JSON pointer (RFC 6901) into the body; `/name` for a query or path parameter. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** Thrown inside the API to answer with a problem. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly errors: readonly ProblemError[];

  /** @param detail cause and next step, shown to the client. */
  constructor(code: ProblemCode, detail: string, errors: readonly ProblemError[] = []) {
    super(detail);
    this.name = 'Problem';
    this.code = code;
    this.errors = errors;
  }
}

/** RFC 9457, and beside it the three fields of the documented `ErrorDto`. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly request_id: string;
  readonly errors: readonly ProblemError[];
  readonly statusCode: number;
  readonly message: string;
  readonly error: string;
}

export function problemBody({ code, message, errors }: Problem, requestId: string): ProblemBody {
  const { status, title } = problems[code];
  return {
    type: `/docs/errors#${code}`,
    title,
    status,
    detail: message,
    code,
    request_id: requestId,
    errors,
    statusCode: status,
    message,
    error: STATUS_CODES[status] ?? title,
  };
}
