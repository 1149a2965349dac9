/** Why the product refuses something a caller asked for. The API gives each a status and a documentation page. */
export type RefusalCode =
  | 'agent_missing'
  | 'agent_version_state'
  | 'reference_unknown'
  | 'validation_failed'
  | 'assignee_unknown'
  | 'call_ended'
  | 'call_not_answered'
  | 'call_not_here'
  | 'contact_exists'
  | 'contact_merge_invalid'
  | 'contact_unknown'
  | 'digits_not_agreed'
  | 'recording_not_running'
  | 'session_closed'
  | 'api_key_in_use'
  | 'organisation_exists'
  | 'organisation_unknown'
  | 'scope_missing'
  | 'user_exists'
  | 'hosted_number_unavailable'
  | 'hosted_numbers_not_configured'
  | 'hosted_numbers_unreachable'
  | 'inbound_trunk_exists'
  | 'outbound_trunk_in_use'
  | 'outbound_trunk_not_found'
  | 'phone_number_assigned'
  | 'phone_number_not_found'
  | 'transfer_destination_in_use'
  | 'transfer_destination_not_found'
  | 'trunk_number_not_found'
  | 'number_provider_failed'
  | 'number_provider_left_over'
  | 'phone_number_exists'
  | 'phone_number_invalid'
  | 'phone_number_method_unavailable'
  | 'phone_number_taken'
  | 'phone_number_unverified'
  | 'verification_code_wrong'
  | 'verification_not_awaited'
  | 'verification_too_soon';

/** One part of the request that is at fault. */
export interface RefusedField {
  /** JSON pointer (RFC 6901) into the request's body. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** Thrown by the product's functions; its message has the cause and the next step and may be shown to whoever asked. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly errorClass = 'theirs';
  readonly fields: readonly RefusedField[];

  constructor(code: RefusalCode, message: string, fields: readonly RefusedField[] = []) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.fields = fields;
  }
}
