// Made from docs/openapi.json by tools/generate.ts; changes are made there.

export interface AddInboundTrunkNumbersRequest {
  readonly phone_numbers: readonly string[];
}

export interface AddSessionNoteRequest {
  readonly text: string;
  readonly author?: string;
}

export interface AgentSipConfig {
  readonly phone_agent_id: string;
  readonly inbound_numbers: readonly {
    readonly id: string;
    readonly phone_number: string;
  }[];
  readonly outbound_trunk: OutboundTrunk | null;
}

export interface AgentVersion {
  readonly id: string;
  readonly agent_id: string;
  readonly number: number;
  readonly state: "draft" | "published" | "superseded";
  readonly settings: {
    readonly name: string;
    readonly type: "inbound" | "outbound";
    readonly enabled: boolean;
    readonly language: string | (readonly string[]) | null;
    readonly languages: readonly string[];
    readonly accent: string | null;
    readonly handoff_phone_number: string | null;
    readonly handoff_mode: "live_transfer" | "logged_escalation" | "ask";
    readonly speed: number | null;
    readonly interruptible: boolean;
    readonly actionIds: (readonly string[]) | null;
    readonly instructions: (readonly string[]) | null;
    readonly data_collection_fields: (readonly string[]) | null;
    readonly data_collection_webhook_url: string | null;
    readonly model: "oppie-vox" | "oppie-vox-turbo" | "oppie-vox-2" | "oppie-vox-livekit";
    readonly voice_id: string | null;
    readonly first_message: string | null;
    readonly disclosure: string | null;
    readonly flow: unknown;
    readonly manual_mode: boolean;
    readonly custom_llm: string | null;
    readonly use_org_knowledgebase: boolean;
    readonly recording_enabled: boolean;
    readonly stt_keyterms: readonly string[];
    readonly tts_speed_pct: number;
    readonly failover_transfer_destination_id: string | null;
    readonly silence_prompt_after_ms: number;
    readonly silence_max_prompts: number;
    readonly silence_end_after_ms: number;
    readonly silence_prompts: Readonly<Record<string, readonly string[]>>;
    readonly endpointing: {
      readonly mode: "adaptive" | "fixed" | "provider";
      readonly silence_ms: number;
    };
    readonly max_call_ms: number;
    readonly max_calls: number | null;
    readonly noise_suppression: "inherit" | "off" | "auto" | "on";
    readonly ambience: "none" | "office" | "bar" | "city-street";
    readonly ambience_db: number;
    readonly on_voicemail: "hang_up" | "leave_message" | "continue";
  };
  readonly created_at: string;
  readonly published_at: string | null;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly last_four: string;
  readonly full_access: boolean;
  readonly scopes: readonly string[];
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
  readonly created_at: string;
}

export interface AssignAgentTransferDestinationRequest {
  readonly destination_id?: string | null;
  readonly create?: CreateTransferDestinationRequest | null;
}

export interface AssignAgentTransferDestinationResponse {
  readonly destination_id: string;
}

export interface AssignSessionRequest {
  readonly assignee_id: string | null;
}

export interface BuyPhoneNumberRequest {
  readonly phone_number: string;
  readonly provider?: "twilio" | "telnyx";
}

export interface Call {
  readonly id: string;
  readonly session_id: string;
  readonly agent_id: string | null;
  readonly trunk_id: string | null;
  readonly contact_id: string | null;
  readonly direction: "inbound" | "outbound";
  readonly state: "ringing" | "answered" | "ended";
  readonly caller: string | null;
  readonly called: string;
  readonly region: "global" | "us" | "eu" | "apac";
  readonly sip_call_id: string;
  readonly created_at: string;
  readonly answered_at: string | null;
  readonly ended_at: string | null;
  readonly ring_ms: number | null;
  readonly talk_ms: number | null;
  readonly codec: string | null;
  readonly ending: {
    readonly reason: string;
    readonly by: string;
    readonly class: string;
    readonly sip_code: number | null;
    readonly q850_cause: number;
    readonly sentence: string;
    readonly page: string;
  } | null;
  readonly media: {
    readonly verdict: string;
    readonly sentence: string;
    readonly sent: number;
    readonly received: number;
    readonly lost: number;
    readonly jitter_ms: number;
    readonly local: {
      readonly address: string;
      readonly port: number;
    } | null;
    readonly remote: {
      readonly address: string;
      readonly port: number;
    } | null;
    readonly target: {
      readonly address: string;
      readonly port: number;
    } | null;
  } | null;
  readonly recording: {
    readonly state: "recording" | "paused" | "saving" | "stored" | "lost" | "deleted";
    readonly format: "wav" | "opus";
    readonly encrypted: boolean;
    readonly started_at_ms: number;
    readonly duration_ms: number | null;
    readonly bytes: number | null;
    readonly sha256: string | null;
    readonly url: string | null;
    readonly peaks_url: string | null;
    readonly deleted_at: string | null;
    readonly deleted_by: "retention" | "api" | null;
  } | null;
  readonly quality: {
    readonly at_ms: number;
    readonly sent: number;
    readonly received: number;
    readonly lost: number;
    readonly loss_percent: number;
    readonly jitter_ms: number;
    readonly their_loss_percent: number | null;
    readonly their_jitter_ms: number | null;
    readonly round_trip_ms: number | null;
  } | null;
  readonly routing: readonly Readonly<Record<string, unknown>>[];
}

export interface CarrierPreset {
  readonly name: string;
  readonly display_name: string;
  readonly directions: readonly ("inbound" | "outbound")[];
  readonly host_pattern: string;
  readonly ports: readonly {
    readonly transport: "udp" | "tcp" | "tls";
    readonly port: number;
  }[];
  readonly authentication: {
    readonly inbound: readonly ("digest" | "ip" | "register")[];
    readonly outbound: readonly ("digest" | "ip" | "register")[];
  };
  readonly register: boolean;
  readonly numbers: {
    readonly inbound: string;
    readonly outbound: string;
  };
  readonly from: {
    readonly user: "caller_number" | "username";
    readonly domain: "any" | "host";
  };
  readonly headers: readonly {
    readonly name: string;
    readonly use: string;
  }[];
  readonly codecs: readonly string[];
  readonly media_encryption: {
    readonly over_tls: "off" | "allow" | "require";
    readonly otherwise: "off" | "allow" | "require";
  };
  readonly session_timers: {
    readonly expires_seconds: number;
    readonly min_se_seconds: number;
  } | null;
  readonly transfer_mode: "auto" | "refer" | "bridge";
  readonly digest_algorithms: readonly string[];
  readonly signalling_addresses: readonly string[];
  readonly media: {
    readonly addresses: readonly string[];
    readonly port_min: number | null;
    readonly port_max: number | null;
  };
  readonly limits: {
    readonly calls_per_second: number | null;
    readonly max_calls: number | null;
  };
  readonly quirks: readonly string[];
  readonly sources: readonly {
    readonly url: string;
    readonly read_on: string;
  }[];
}

export interface CheckPhoneNumberRequest {
  readonly code: string;
}

export type CloseSessionRequest = {
  readonly status?: "closed_resolved" | "closed_unresolved";
} | null;

export interface Contact {
  readonly id: string;
  readonly email: string | null;
  readonly phone_number: string | null;
  readonly name: string | null;
  readonly custom_data: Readonly<Record<string, unknown>> | null;
  readonly non_verified_name: string | null;
  readonly non_verified_email: string | null;
  readonly non_verified_custom_data: Readonly<Record<string, unknown>> | null;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface CreateApiKeyRequest {
  readonly name: string;
  readonly full_access?: boolean;
  readonly scopes?: readonly ("phone:read" | "phone:write" | "sip:read" | "sip:write" | "chat-sessions:read" | "chat-sessions:write" | "contacts:read" | "contacts:write" | "org:read" | "org:write" | "instance:admin")[];
  readonly expires_at?: string | null;
}

export interface CreateApiKeyResponse {
  readonly id: string;
  readonly name: string;
  readonly last_four: string;
  readonly full_access: boolean;
  readonly scopes: readonly string[];
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
  readonly created_at: string;
  readonly key: string;
}

export interface CreateContactRequest {
  readonly contact: {
    readonly email?: string | null;
    readonly phone?: string | null;
    readonly name?: string | null;
    readonly custom_data?: Readonly<Record<string, unknown>> | null;
    readonly non_verified_name?: string | null;
    readonly non_verified_email?: string | null;
    readonly non_verified_custom_data?: Readonly<Record<string, unknown>> | null;
  };
}

export type CreateInboundTrunkRequest = {
  readonly country?: string | null;
  readonly region?: "global" | "us" | "eu" | "apac";
  readonly codecs?: readonly ("PCMU" | "PCMA" | "G722" | "opus")[];
  readonly media_encryption?: "off" | "allow" | "require";
  readonly calls_per_second?: number | null;
  readonly max_calls?: number | null;
  readonly client_certificate?: string | null;
  readonly allowed_ips?: readonly string[];
  readonly authentication?: "either" | "digest" | "source" | "both";
  readonly digest_algorithms?: readonly ("MD5" | "SHA-256" | "SHA-512-256")[];
  readonly fallback?: "agent" | "reject";
  readonly no_agent_status?: 480 | 486 | 503;
  readonly krisp_enabled?: boolean | null;
  readonly phone_numbers?: (readonly string[]) | null;
} | null;

export interface CreateOrganisationRequest {
  readonly name: string;
  readonly slug: string;
  readonly country?: string;
}

export interface CreateOrganisationResponse {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly country: string;
  readonly created_at: string;
  readonly api_key: string;
}

export interface CreateOutboundTrunkRequest {
  readonly name: string;
  readonly host: string;
  readonly caller_number: string;
  readonly port?: number;
  readonly transport?: "udp" | "tcp" | "tls";
  readonly auth_username?: string | null;
  readonly from_user?: string | null;
  readonly from_domain?: string | null;
  readonly outbound_proxy?: string | null;
  readonly register?: boolean;
  readonly number_policy?: string;
  readonly transfer_mode?: "auto" | "refer" | "bridge";
  readonly allowed_countries?: readonly string[];
  readonly preset?: "twilio" | "telnyx" | "plivo" | "sinch" | "wavix" | "3cx" | "asterisk" | "freepbx" | "kamailio" | null;
  readonly country?: string | null;
  readonly region?: "global" | "us" | "eu" | "apac";
  readonly codecs?: readonly ("PCMU" | "PCMA" | "G722" | "opus")[];
  readonly media_encryption?: "off" | "allow" | "require";
  readonly calls_per_second?: number | null;
  readonly max_calls?: number | null;
  readonly client_certificate?: string | null;
  readonly client_key?: string | null;
  readonly authority_certificates?: string | null;
  readonly username?: string | null;
  readonly password?: string | null;
}

export interface CreatePhoneAgentRequest {
  readonly name: string;
  readonly type?: "inbound" | "outbound" | null;
  readonly enabled?: boolean | null;
  readonly language?: string | (readonly string[]) | null;
  readonly languages?: (readonly string[]) | null;
  readonly accent?: string | null;
  readonly handoff_phone_number?: string | null;
  readonly handoff_mode?: "live_transfer" | "logged_escalation" | "ask" | null;
  readonly speed?: number | null;
  readonly interruptible?: boolean | null;
  readonly actionIds?: (readonly string[]) | null;
  readonly instructions?: (readonly string[]) | null;
  readonly data_collection_fields?: (readonly string[]) | null;
  readonly data_collection_webhook_url?: string | null;
  readonly model?: "oppie-vox" | "oppie-vox-turbo" | "oppie-vox-2" | "oppie-vox-livekit" | null;
  readonly voice_id?: string | null;
  readonly first_message?: string | null;
  readonly disclosure?: string | null;
  readonly flow?: unknown;
  readonly manual_mode?: boolean | null;
  readonly custom_llm?: string | null;
  readonly use_org_knowledgebase?: boolean | null;
  readonly recording_enabled?: boolean | null;
  readonly stt_keyterms?: (readonly string[]) | null;
  readonly tts_speed_pct?: number | null;
  readonly failover_transfer_destination_id?: string | null;
  readonly silence_prompt_after_ms?: number | null;
  readonly silence_max_prompts?: number | null;
  readonly silence_end_after_ms?: number | null;
  readonly silence_prompts?: Readonly<Record<string, readonly string[]>> | null;
  readonly endpointing?: {
    readonly mode?: "adaptive" | "fixed" | "provider";
    readonly silence_ms?: number;
  } | null;
  readonly max_call_ms?: number | null;
  readonly max_calls?: number | null;
  readonly noise_suppression?: "inherit" | "off" | "auto" | "on" | null;
  readonly ambience?: "none" | "office" | "bar" | "city-street" | null;
  readonly ambience_db?: number | null;
  readonly on_voicemail?: "hang_up" | "leave_message" | "continue" | null;
  readonly provision_number?: {
    readonly country?: string;
    readonly area_code?: string | null;
  } | null;
}

export interface CreatePhoneNumberRequest {
  readonly phone_number: string;
  readonly method: "inbound_call" | "spoken_code" | "sms_code" | "operator";
}

export type CreateSessionRequest = {
  readonly contact_id?: string | null;
  readonly channel?: {
    readonly type: "web" | "email" | "slack" | "sms" | "whatsapp" | "instagram" | "messenger" | "api";
  };
} | null;

export interface CreateTransferDestinationRequest {
  readonly name: string;
  readonly type: "phone" | "sip" | "hangup";
  readonly value?: string | null;
  readonly username?: string | null;
  readonly password?: string | null;
}

export interface CreateUserRequest {
  readonly email: string;
  readonly name: string;
  readonly password?: string;
  readonly memberships?: readonly {
    readonly organisation_id: string;
    readonly role: "admin" | "member";
  }[];
}

export interface DeletePhoneAgentResponse {
  readonly id: string;
  readonly deleted: true;
}

export interface DeletePhoneNumberResponse {
  readonly id: string;
  readonly deleted: true;
  readonly released: boolean;
}

export interface Deleted {
  readonly id: string;
  readonly deleted: true;
}

export interface GetCallLatencyResponse {
  readonly id: string;
  readonly set_up: {
    readonly ringing_ms: number | null;
    readonly answered_ms: number | null;
    readonly greeting_ms: number | null;
  };
  readonly turns: readonly {
    readonly at_ms: number;
    readonly text: string;
    readonly endpointing_ms: number;
    readonly recogniser_ms: number;
    readonly model_ms: number;
    readonly synthesis_ms: number;
    readonly pacing_ms: number;
    readonly ear_to_ear_ms: number;
  }[];
  readonly ear_to_ear: {
    readonly p50_ms: number;
    readonly p95_ms: number;
    readonly max_ms: number;
  } | null;
}

export interface GetCallRecordingPeaksResponse {
  readonly id: string;
  readonly duration_ms: number;
  readonly peak_ms: number;
  readonly caller: readonly number[];
  readonly agent: readonly number[];
}

export interface GetCallTraceResponse {
  readonly items: readonly {
    readonly number: number;
    readonly at_ms: number;
    readonly direction: "in" | "out";
    readonly transport: string;
    readonly remote: string;
    readonly local: string | null;
    readonly text: string;
  }[];
  readonly next: string | null;
}

export interface GetHealthResponse {
  readonly status: "ok";
  readonly uptime_s: number;
}

export interface GetReadinessResponse {
  readonly status: "ready" | "degraded" | "not_ready";
  readonly parts: Readonly<Record<string, {
    readonly state: "ready" | "degraded" | "not_ready";
    readonly detail?: string;
  }>>;
}

export interface GetSessionHistoryResponse {
  readonly items: readonly HistoryItem[];
  readonly next: string | null;
}

export interface GetSipNetworkResponse {
  readonly regions: readonly {
    readonly region: "global" | "us" | "eu" | "apac";
    readonly host: string;
    readonly addresses: readonly string[];
    readonly signalling: readonly {
      readonly transport: "udp" | "tcp" | "tls";
      readonly port: number;
    }[];
    readonly rtp: {
      readonly transport: "udp";
      readonly port_min: number;
      readonly port_max: number;
    };
  }[];
  readonly tls_certificate: {
    readonly subject: string;
    readonly issuer: string;
    readonly fingerprint: string;
    readonly is_self_signed: boolean;
    readonly expires_at: string;
  } | null;
}

export interface HistoryItem {
  readonly id: string;
  readonly created_at: string;
  readonly event: {
    readonly type: string;
    readonly sender: {
      readonly type: "contact" | "ai" | "human_agent" | "system";
      readonly name: string | null;
    };
    readonly content: {
      readonly type: "text";
      readonly text: string;
    };
    readonly attachments: readonly {
      readonly id: string;
      readonly name: string;
      readonly size: number;
      readonly type: string;
      readonly url: string;
    }[];
    readonly context: Readonly<Record<string, unknown>>;
  };
}

export interface InboundTrunk {
  readonly id: string;
  readonly sip_endpoint: string;
  readonly auth_username: string;
  readonly auth_password: string;
  readonly phone_numbers: readonly string[];
  readonly krisp_enabled: boolean;
  readonly agent_id_header: string;
  readonly country: string | null;
  readonly region: "global" | "us" | "eu" | "apac";
  readonly codecs: readonly string[];
  readonly media_encryption: "off" | "allow" | "require";
  readonly client_certificate: string | null;
  readonly client_certificate_expires_at: string | null;
  readonly calls_per_second: number | null;
  readonly max_calls: number | null;
  readonly allowed_ips: readonly string[];
  readonly authentication: "either" | "digest" | "source" | "both";
  readonly digest_algorithms: readonly string[];
  readonly fallback: "agent" | "reject";
  readonly no_agent_status: number;
  readonly last_seen: {
    readonly style: "digest" | "register" | "ip" | "certificate";
    readonly source: string;
    readonly at: string;
  } | null;
  readonly active_since: string;
}

export type ListAgentTransferDestinationsResponse = readonly TransferDestination[];

export interface ListApiKeysResponse {
  readonly items: readonly ApiKey[];
  readonly next: string | null;
}

export interface ListAuditLogResponse {
  readonly items: readonly {
    readonly id: string;
    readonly actor: {
      readonly type: "api_key" | "user" | "system";
      readonly id: string | null;
    };
    readonly action: string;
    readonly target_id: string | null;
    readonly request_id: string | null;
    readonly data: Readonly<Record<string, unknown>>;
    readonly created_at: string;
  }[];
  readonly next: string | null;
}

export interface ListCallsResponse {
  readonly items: readonly Call[];
  readonly next: string | null;
}

export interface ListContactsResponse {
  readonly items: readonly Contact[];
  readonly next: string | null;
}

export interface ListOrganisationsResponse {
  readonly items: readonly Organisation[];
  readonly next: string | null;
}

export type ListOutboundTrunksResponse = readonly OutboundTrunk[];

export interface ListPhoneAgentVersionsResponse {
  readonly items: readonly AgentVersion[];
  readonly next: string | null;
}

export type ListPhoneAgentsResponse = readonly PhoneAgent[];

export interface ListPhoneNumbersResponse {
  readonly items: readonly PhoneNumber[];
  readonly next: string | null;
}

export interface ListPhoneVoicesResponse {
  readonly items: readonly {
    readonly id: string;
    readonly name: string;
    readonly language: string;
    readonly gender: "female" | "male" | "neutral";
    readonly provider: string;
    readonly preview: string | null;
  }[];
  readonly next: string | null;
}

export interface ListSessionsResponse {
  readonly items: readonly Session[];
  readonly next: string | null;
}

export interface ListSipBansResponse {
  readonly items: readonly {
    readonly source: string;
    readonly reason: string;
    readonly since: string;
    readonly until: string;
    readonly strikes: number;
    readonly dropped: number;
  }[];
  readonly next: string | null;
}

export interface ListSipPresetsResponse {
  readonly items: readonly CarrierPreset[];
  readonly next: string | null;
}

export interface ListSipRefusalsResponse {
  readonly items: readonly {
    readonly id: string;
    readonly at: string;
    readonly source: string;
    readonly transport: string;
    readonly method: string;
    readonly sip_call_id: string;
    readonly auth_username: string | null;
    readonly caller: string | null;
    readonly called: string | null;
    readonly status: number;
    readonly code: string;
    readonly reason: string;
    readonly steps: readonly {
      readonly rule: string;
      readonly outcome: "matched" | "skipped" | "failed" | "warning";
      readonly why: string;
    }[];
    readonly assign: {
      readonly phone_number: string;
      readonly phone_number_id: string | null;
      readonly on_trunk: boolean;
    } | null;
  }[];
  readonly next: string | null;
}

export type ListTransferDestinationsResponse = readonly TransferDestination[];

export interface ListUsersResponse {
  readonly items: readonly User[];
  readonly next: string | null;
}

export interface MakeOutboundTrunkClientCertificateRequest {
  readonly common_name?: string;
  readonly valid_days?: number;
}

export interface MakeOutboundTrunkClientCertificateResponse {
  readonly id: string;
  readonly client_certificate: string;
  readonly fingerprint: string;
  readonly client_certificate_expires_at: string;
}

export interface MergeContactRequest {
  readonly into?: string;
  readonly from?: string;
}

export interface Organisation {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly country: string;
  readonly created_at: string;
}

export interface OutboundTrunk {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface OutboundTrunkDetails {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly host: string;
  readonly port: number;
  readonly transport: "udp" | "tcp" | "tls";
  readonly username: string | null;
  readonly caller_number: string;
  readonly auth_username: string | null;
  readonly from_user: string | null;
  readonly from_domain: string | null;
  readonly outbound_proxy: string | null;
  readonly register: boolean;
  readonly number_policy: string;
  readonly transfer_mode: "auto" | "refer" | "bridge";
  readonly allowed_countries: readonly string[];
  readonly preset: string | null;
  readonly country: string | null;
  readonly region: "global" | "us" | "eu" | "apac";
  readonly codecs: readonly string[];
  readonly media_encryption: "off" | "allow" | "require";
  readonly client_certificate: string | null;
  readonly client_certificate_expires_at: string | null;
  readonly calls_per_second: number | null;
  readonly max_calls: number | null;
  readonly authority_certificates: string | null;
  readonly registration: {
    readonly state: string;
    readonly since: string;
    readonly expires_at: string | null;
    readonly next_try_at: string | null;
    readonly registrar: string | null;
    readonly seen_as: string | null;
    readonly last_error: {
      readonly code: string;
      readonly status: number | null;
      readonly message: string;
    } | null;
  } | null;
}

export interface PauseCallRecordingResponse {
  readonly id: string;
  readonly state: "paused";
}

export interface PhoneAgent {
  readonly id: string;
  readonly org_id: string;
  readonly phone_number: string | null;
  readonly provider_external_id: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly name: string;
  readonly type: "inbound" | "outbound";
  readonly enabled: boolean;
  readonly language: string | (readonly string[]) | null;
  readonly languages: readonly string[];
  readonly accent: string | null;
  readonly handoff_phone_number: string | null;
  readonly handoff_mode: "live_transfer" | "logged_escalation" | "ask";
  readonly speed: number | null;
  readonly interruptible: boolean;
  readonly actionIds: (readonly string[]) | null;
  readonly instructions: (readonly string[]) | null;
  readonly data_collection_fields: (readonly string[]) | null;
  readonly data_collection_webhook_url: string | null;
  readonly model: "oppie-vox" | "oppie-vox-turbo" | "oppie-vox-2" | "oppie-vox-livekit";
  readonly voice_id: string | null;
  readonly first_message: string | null;
  readonly disclosure: string | null;
  readonly flow: unknown;
  readonly manual_mode: boolean;
  readonly custom_llm: string | null;
  readonly use_org_knowledgebase: boolean;
  readonly recording_enabled: boolean;
  readonly stt_keyterms: readonly string[];
  readonly tts_speed_pct: number;
  readonly failover_transfer_destination_id: string | null;
  readonly silence_prompt_after_ms: number;
  readonly silence_max_prompts: number;
  readonly silence_end_after_ms: number;
  readonly silence_prompts: Readonly<Record<string, readonly string[]>>;
  readonly endpointing: {
    readonly mode: "adaptive" | "fixed" | "provider";
    readonly silence_ms: number;
  };
  readonly max_call_ms: number;
  readonly max_calls: number | null;
  readonly noise_suppression: "inherit" | "off" | "auto" | "on";
  readonly ambience: "none" | "office" | "bar" | "city-street";
  readonly ambience_db: number;
  readonly on_voicemail: "hang_up" | "leave_message" | "continue";
}

export interface PhoneNumber {
  readonly id: string;
  readonly phone_number: string;
  readonly method: "inbound_call" | "spoken_code" | "sms_code" | "operator";
  readonly state: "pending" | "verified" | "failed" | "expired";
  readonly next_step: string | null;
  readonly expires_at: string | null;
  readonly verified_at: string | null;
  readonly agent_id: string | null;
  readonly provider: "twilio" | "telnyx" | null;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface PhoneSettings {
  readonly default_phone_agent_id: string | null;
  readonly country: string;
  readonly session_window_minutes: number;
  readonly recording: boolean;
  readonly retention_days: number | null;
}

export interface Problem {
  /** Page about this problem. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** Cause and next step. */
  readonly detail: string;
  /** Stable; decide by it. */
  readonly code: "malformed_json" | "malformed_request" | "api_key_missing" | "api_key_unknown" | "api_key_expired" | "scope_missing" | "route_not_found" | "phone_agent_not_found" | "agent_version_not_found" | "inbound_trunk_not_found" | "trunk_number_not_found" | "outbound_trunk_not_found" | "transfer_destination_not_found" | "session_not_found" | "call_not_found" | "recording_not_found" | "contact_not_found" | "phone_number_not_found" | "api_key_not_found" | "organisation_not_found" | "user_not_found" | "sip_ban_not_found" | "api_key_in_use" | "organisation_exists" | "user_exists" | "agent_version_state" | "inbound_trunk_exists" | "outbound_trunk_in_use" | "transfer_destination_in_use" | "phone_number_assigned" | "call_ended" | "call_not_answered" | "call_not_here" | "digits_not_agreed" | "recording_in_progress" | "recording_not_running" | "contact_exists" | "session_closed" | "agent_missing" | "phone_number_taken" | "phone_number_exists" | "hosted_number_unavailable" | "verification_not_awaited" | "changed_meanwhile" | "body_too_large" | "media_type_unsupported" | "range_not_satisfiable" | "validation_failed" | "reference_unknown" | "cursor_invalid" | "assignee_unknown" | "contact_unknown" | "contact_merge_invalid" | "organisation_unknown" | "phone_number_invalid" | "phone_number_unverified" | "phone_number_method_unavailable" | "verification_code_wrong" | "hosted_numbers_not_configured" | "hosted_numbers_unreachable" | "verification_too_soon" | "rate_limited" | "internal_error" | "number_provider_failed" | "number_provider_left_over" | "store_unavailable" | "shutting_down";
  /** Finds the request in the server's log. */
  readonly request_id: string;
  readonly errors: readonly {
    readonly in: "body" | "query" | "path";
    /** JSON pointer (RFC 6901). */
    readonly pointer: string;
    readonly code: string;
    readonly detail: string;
  }[];
  readonly statusCode: number;
  readonly message: string;
  readonly error: string;
}

export interface ResumeCallRecordingResponse {
  readonly id: string;
  readonly state: "recording";
}

export interface RotateOutboundTrunkCredentialsRequest {
  readonly username: string | null;
  readonly password: string | null;
}

export interface SayInCallRequest {
  readonly text: string;
}

export interface SayInCallResponse {
  readonly id: string;
  readonly text: string;
}

export interface SearchAvailableNumbersResponse {
  readonly items: readonly {
    readonly phone_number: string;
    readonly provider: "twilio" | "telnyx";
    readonly country: string;
    readonly region: string | null;
    readonly locality: string | null;
    readonly features: readonly string[];
    readonly monthly_cost: string | null;
    readonly currency: string | null;
  }[];
  readonly next: null;
}

export interface SendCallDigitsRequest {
  readonly digits: string;
}

export interface SendCallDigitsResponse {
  readonly id: string;
  readonly digits: string;
}

export interface SendSessionMessageRequest {
  readonly sender?: "contact";
  readonly message: {
    readonly type: "text";
    readonly text: string;
  };
}

export interface SendSessionMessageResponse {
  readonly ai_response?: {
    readonly text: string;
    readonly error?: {
      readonly message: string;
    };
  };
}

export interface Session {
  readonly id: string;
  readonly status: "open" | "closed_resolved" | "closed_unresolved";
  readonly ai_closure_type: string | null;
  readonly sentiment: string | null;
  readonly channel: {
    readonly type: string;
  };
  readonly ticket_number: number;
  readonly assist_mode: boolean;
  readonly created_at: string;
  readonly updated_at: string;
  readonly contact: {
    readonly id: string;
    readonly email: string | null;
    readonly phone_number: string | null;
    readonly name: string | null;
    readonly custom_data: Readonly<Record<string, unknown>> | null;
    readonly non_verified_name: string | null;
    readonly non_verified_email: string | null;
    readonly non_verified_custom_data: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly language: string | null;
  readonly assignee_id: string | null;
  readonly custom_data: Readonly<Record<string, unknown>> | null;
  readonly tags: readonly string[];
  readonly team: {
    readonly id: string;
    readonly name: string;
    readonly description: string | null;
  } | null;
  readonly handoff: {
    readonly summary: string | null;
    readonly sentiment: string | null;
  } | null;
  readonly ticketing_system: {
    readonly name: string;
    readonly external_id: string;
    readonly id_type: string | null;
  } | null;
  readonly summary: string | null;
}

export interface SetAgentInboundNumbersRequest {
  readonly phone_number_ids: readonly string[];
}

export interface SetAgentOutboundTrunkRequest {
  readonly trunk_id: string | null;
}

export interface SetSessionTagsRequest {
  readonly tags: readonly string[];
}

export interface TestRouteRequest {
  readonly phone_number?: string | null;
  readonly caller?: string | null;
  readonly agent_id?: string | null;
  readonly invite?: string | null;
}

export interface TestRouteResponse {
  readonly trunk: {
    readonly id: string;
    readonly auth_username: string;
  } | null;
  readonly rule: string | null;
  readonly agent: {
    readonly id: string;
    readonly name: string;
  } | null;
  readonly dialled: string | null;
  readonly caller: string | null;
  readonly refusal: {
    readonly code: string;
    readonly status: number;
    readonly sentence: string;
  } | null;
  readonly steps: readonly {
    readonly rule: string;
    readonly outcome: "matched" | "skipped" | "failed" | "warning";
    readonly why: string;
  }[];
}

export interface TransferDestination {
  readonly id: string;
  readonly name: string;
  readonly type: "phone" | "sip" | "hangup";
  readonly value: string;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface UpdateInboundTrunkRequest {
  readonly country?: string | null;
  readonly region?: "global" | "us" | "eu" | "apac";
  readonly codecs?: readonly ("PCMU" | "PCMA" | "G722" | "opus")[];
  readonly media_encryption?: "off" | "allow" | "require";
  readonly calls_per_second?: number | null;
  readonly max_calls?: number | null;
  readonly client_certificate?: string | null;
  readonly allowed_ips?: readonly string[];
  readonly authentication?: "either" | "digest" | "source" | "both";
  readonly digest_algorithms?: readonly ("MD5" | "SHA-256" | "SHA-512-256")[];
  readonly fallback?: "agent" | "reject";
  readonly no_agent_status?: 480 | 486 | 503;
  readonly krisp_enabled?: boolean | null;
}

export interface UpdateOrganisationRequest {
  readonly name?: string;
  readonly country?: string;
}

export interface UpdateOutboundTrunkRequest {
  readonly name?: string;
  readonly host?: string;
  readonly caller_number?: string;
  readonly port?: number;
  readonly transport?: "udp" | "tcp" | "tls";
  readonly auth_username?: string | null;
  readonly from_user?: string | null;
  readonly from_domain?: string | null;
  readonly outbound_proxy?: string | null;
  readonly register?: boolean;
  readonly number_policy?: string;
  readonly transfer_mode?: "auto" | "refer" | "bridge";
  readonly allowed_countries?: readonly string[];
  readonly preset?: "twilio" | "telnyx" | "plivo" | "sinch" | "wavix" | "3cx" | "asterisk" | "freepbx" | "kamailio" | null;
  readonly country?: string | null;
  readonly region?: "global" | "us" | "eu" | "apac";
  readonly codecs?: readonly ("PCMU" | "PCMA" | "G722" | "opus")[];
  readonly media_encryption?: "off" | "allow" | "require";
  readonly calls_per_second?: number | null;
  readonly max_calls?: number | null;
  readonly client_certificate?: string | null;
  readonly client_key?: string | null;
  readonly authority_certificates?: string | null;
  readonly username?: string | null;
  readonly password?: string | null;
}

export interface UpdatePhoneAgentRequest {
  readonly name?: string;
  readonly type?: "inbound" | "outbound" | null;
  readonly enabled?: boolean | null;
  readonly language?: string | (readonly string[]) | null;
  readonly languages?: (readonly string[]) | null;
  readonly accent?: string | null;
  readonly handoff_phone_number?: string | null;
  readonly handoff_mode?: "live_transfer" | "logged_escalation" | "ask" | null;
  readonly speed?: number | null;
  readonly interruptible?: boolean | null;
  readonly actionIds?: (readonly string[]) | null;
  readonly instructions?: (readonly string[]) | null;
  readonly data_collection_fields?: (readonly string[]) | null;
  readonly data_collection_webhook_url?: string | null;
  readonly model?: "oppie-vox" | "oppie-vox-turbo" | "oppie-vox-2" | "oppie-vox-livekit" | null;
  readonly voice_id?: string | null;
  readonly first_message?: string | null;
  readonly disclosure?: string | null;
  readonly flow?: unknown;
  readonly manual_mode?: boolean | null;
  readonly custom_llm?: string | null;
  readonly use_org_knowledgebase?: boolean | null;
  readonly recording_enabled?: boolean | null;
  readonly stt_keyterms?: (readonly string[]) | null;
  readonly tts_speed_pct?: number | null;
  readonly failover_transfer_destination_id?: string | null;
  readonly silence_prompt_after_ms?: number | null;
  readonly silence_max_prompts?: number | null;
  readonly silence_end_after_ms?: number | null;
  readonly silence_prompts?: Readonly<Record<string, readonly string[]>> | null;
  readonly endpointing?: {
    readonly mode?: "adaptive" | "fixed" | "provider";
    readonly silence_ms?: number;
  } | null;
  readonly max_call_ms?: number | null;
  readonly max_calls?: number | null;
  readonly noise_suppression?: "inherit" | "off" | "auto" | "on" | null;
  readonly ambience?: "none" | "office" | "bar" | "city-street" | null;
  readonly ambience_db?: number | null;
  readonly on_voicemail?: "hang_up" | "leave_message" | "continue" | null;
}

export interface UpdatePhoneSettingsRequest {
  readonly default_phone_agent_id?: string | null;
  readonly country?: string;
  readonly session_window_minutes?: number;
  readonly recording?: boolean;
  readonly retention_days?: number | null;
}

export interface UpdateSessionRequest {
  readonly status?: "open" | "closed_resolved" | "closed_unresolved";
}

export interface UpdateTransferDestinationRequest {
  readonly name?: string;
  readonly type?: "phone" | "sip" | "hangup";
  readonly value?: string | null;
  readonly username?: string | null;
  readonly password?: string | null;
}

export interface UpdateUserRequest {
  readonly email?: string;
  readonly name?: string;
  readonly password?: string;
  readonly memberships?: readonly {
    readonly organisation_id: string;
    readonly role: "admin" | "member";
  }[];
}

export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly has_password: boolean;
  readonly memberships: readonly {
    readonly organisation_id: string;
    readonly role: "admin" | "member";
  }[];
  readonly created_at: string;
}

/** What each operation takes and answers. */
export interface Operations {
  /** List API keys. */
  readonly listApiKeys: {
    readonly request: {
      readonly query?: { readonly cursor?: string; readonly limit?: number };
    };
    readonly answer: ListApiKeysResponse;
  };
  /** Create an API key, which is shown this once. */
  readonly createApiKey: {
    readonly request: {
      readonly body: CreateApiKeyRequest;
    };
    readonly answer: CreateApiKeyResponse;
  };
  /** Delete API key. */
  readonly deleteApiKey: {
    readonly request: {
      readonly path: { readonly api_key_id: string };
    };
    readonly answer: Deleted;
  };
  /** Read what was changed, and by which key, newest first. */
  readonly listAuditLog: {
    readonly request: {
      readonly query?: { readonly cursor?: string; readonly limit?: number; readonly action?: string; readonly target_id?: string };
    };
    readonly answer: ListAuditLogResponse;
  };
  /** List sessions. */
  readonly listSessions: {
    readonly request: {
      readonly query?: { readonly cursor?: string; readonly limit?: number; readonly handed_off?: "true" | "false"; readonly status?: "open" | "closed_resolved" | "closed_unresolved"; readonly channel_type?: "web" | "email" | "phone_voice" | "slack" | "sms" | "whatsapp" | "instagram" | "messenger" | "api" | "web_voice"; readonly created_after?: string; readonly created_before?: string; readonly updated_after?: string; readonly updated_before?: string };
    };
    readonly answer: ListSessionsResponse;
  };
  /** Begin a chat session. */
  readonly createSession: {
    readonly request: {
      readonly body?: CreateSessionRequest;
    };
    readonly answer: Session;
  };
  /** Get session. */
  readonly getSession: {
    readonly request: {
      readonly path: { readonly session_id: string };
    };
    readonly answer: Session;
  };
  /** Update session. */
  readonly updateSession: {
    readonly request: {
      readonly path: { readonly session_id: string };
      readonly body: UpdateSessionRequest;
    };
    readonly answer: Session;
  };
  /** Assign session. */
  readonly assignSession: {
    readonly request: {
      readonly path: { readonly session_id: string };
      readonly body: AssignSessionRequest;
    };
    readonly answer: Session;
  };
  /** Close session. */
  readonly closeSession: {
    readonly request: {
      readonly path: { readonly session_id: string };
      readonly body?: CloseSessionRequest;
    };
    readonly answer: Session;
  };
  /** Follow a session live. */
  readonly streamSessionEvents: {
    readonly request: {
      readonly path: { readonly session_id: string };
    };
    readonly answer: string;
  };
  /** Read what was said in a session, oldest first. */
  readonly getSessionHistory: {
    readonly request: {
      readonly path: { readonly session_id: string };
      readonly query?: { readonly cursor?: string; readonly limit?: number };
    };
    readonly answer: GetSessionHistoryResponse;
  };
  /** Add a note for people. */
  readonly addSessionNote: {
    readonly request: {
      readonly path: { readonly session_id: string };
      readonly body: AddSessionNoteRequest;
    };
    readonly answer: HistoryItem;
  };
  /** Reopen session. */
  readonly reopenSession: {
    readonly request: {
      readonly path: { readonly session_id: string };
    };
    readonly answer: Session;
  };
  /** Say something and read the answer. */
  readonly sendSessionMessage: {
    readonly request: {
      readonly path: { readonly session_id: string };
      readonly body: SendSessionMessageRequest;
    };
    readonly answer: SendSessionMessageResponse;
  };
  /** Replace the tags of a session. */
  readonly setSessionTags: {
    readonly request: {
      readonly path: { readonly session_id: string };
      readonly body: SetSessionTagsRequest;
    };
    readonly answer: Session;
  };
  /** Create a contact. */
  readonly createContact: {
    readonly request: {
      readonly body: CreateContactRequest;
    };
    readonly answer: Contact;
  };
  /** List contacts. */
  readonly listContacts: {
    readonly request: {
      readonly query?: { readonly cursor?: string; readonly limit?: number; readonly phone_number?: string; readonly email?: string };
    };
    readonly answer: ListContactsResponse;
  };
  /** Get contact. */
  readonly getContact: {
    readonly request: {
      readonly path: { readonly contact_id: string };
    };
    readonly answer: Contact;
  };
  /** Update contact. */
  readonly updateContact: {
    readonly request: {
      readonly path: { readonly contact_id: string };
      readonly body: CreateContactRequest;
    };
    readonly answer: Contact;
  };
  /** Delete contact. */
  readonly deleteContact: {
    readonly request: {
      readonly path: { readonly contact_id: string };
    };
    readonly answer: Deleted;
  };
  /** Make one contact of two. */
  readonly mergeContact: {
    readonly request: {
      readonly path: { readonly contact_id: string };
      readonly body: MergeContactRequest;
    };
    readonly answer: Contact;
  };
  /** Follow everything in the organisation's calls and sessions live. */
  readonly streamEvents: {
    readonly request: Readonly<Record<never, never>>;
    readonly answer: string;
  };
  /** Is the process alive? */
  readonly getHealth: {
    readonly request: Readonly<Record<never, never>>;
    readonly answer: GetHealthResponse;
  };
  /** Figures for Prometheus. */
  readonly getMetrics: {
    readonly request: Readonly<Record<never, never>>;
    readonly answer: string;
  };
  /** List organisations. */
  readonly listOrganisations: {
    readonly request: {
      readonly query?: { readonly cursor?: string; readonly limit?: number };
    };
    readonly answer: ListOrganisationsResponse;
  };
  /** Create an organisation and its first API key. */
  readonly createOrganisation: {
    readonly request: {
      readonly body: CreateOrganisationRequest;
    };
    readonly answer: CreateOrganisationResponse;
  };
  /** Get organisation. */
  readonly getOrganisation: {
    readonly request: {
      readonly path: { readonly organisation_id: string };
    };
    readonly answer: Organisation;
  };
  /** Update organisation. */
  readonly updateOrganisation: {
    readonly request: {
      readonly path: { readonly organisation_id: string };
      readonly body: UpdateOrganisationRequest;
    };
    readonly answer: Organisation;
  };
  /** Create a phone agent. */
  readonly createPhoneAgent: {
    readonly request: {
      readonly body: CreatePhoneAgentRequest;
    };
    readonly answer: PhoneAgent;
  };
  /** List the phone agents of the organisation. */
  readonly listPhoneAgents: {
    readonly request: Readonly<Record<never, never>>;
    readonly answer: ListPhoneAgentsResponse;
  };
  /** List calls. */
  readonly listCalls: {
    readonly request: {
      readonly query?: { readonly cursor?: string; readonly limit?: number; readonly session_id?: string; readonly agent_id?: string; readonly state?: "ringing" | "answered" | "ended"; readonly direction?: "inbound" | "outbound"; readonly caller?: string; readonly created_after?: string; readonly created_before?: string };
    };
    readonly answer: ListCallsResponse;
  };
  /** Get call. */
  readonly getCall: {
    readonly request: {
      readonly path: { readonly call_id: string };
    };
    readonly answer: Call;
  };
  /** Press keys in a call. */
  readonly sendCallDigits: {
    readonly request: {
      readonly path: { readonly call_id: string };
      readonly body: SendCallDigitsRequest;
    };
    readonly answer: SendCallDigitsResponse;
  };
  /** Follow the record of a call live. */
  readonly streamCallEvents: {
    readonly request: {
      readonly path: { readonly call_id: string };
    };
    readonly answer: string;
  };
  /** End a call. */
  readonly hangUpCall: {
    readonly request: {
      readonly path: { readonly call_id: string };
    };
    readonly answer: Call;
  };
  /** Read where the time of a call's answers went. */
  readonly getCallLatency: {
    readonly request: {
      readonly path: { readonly call_id: string };
    };
    readonly answer: GetCallLatencyResponse;
  };
  /** Hear a call, or a part of it by Range. */
  readonly getCallRecording: {
    readonly request: {
      readonly path: { readonly call_id: string };
    };
    readonly answer: string;
  };
  /** Delete the recording of a call; its hash stays as a proof. */
  readonly deleteCallRecording: {
    readonly request: {
      readonly path: { readonly call_id: string };
    };
    readonly answer: Deleted;
  };
  /** Put silence into the recording of a call until it is resumed. */
  readonly pauseCallRecording: {
    readonly request: {
      readonly path: { readonly call_id: string };
    };
    readonly answer: PauseCallRecordingResponse;
  };
  /** Read the waveform of a call's recording. */
  readonly getCallRecordingPeaks: {
    readonly request: {
      readonly path: { readonly call_id: string };
      readonly query?: { readonly points?: number };
    };
    readonly answer: GetCallRecordingPeaksResponse;
  };
  /** Go on with the recording of a call. */
  readonly resumeCallRecording: {
    readonly request: {
      readonly path: { readonly call_id: string };
    };
    readonly answer: ResumeCallRecordingResponse;
  };
  /** Let the agent say something in a call. */
  readonly sayInCall: {
    readonly request: {
      readonly path: { readonly call_id: string };
      readonly body: SayInCallRequest;
    };
    readonly answer: SayInCallResponse;
  };
  /** Read the SIP messages of a call. */
  readonly getCallTrace: {
    readonly request: {
      readonly path: { readonly call_id: string };
      readonly query?: { readonly cursor?: string; readonly limit?: number };
    };
    readonly answer: GetCallTraceResponse;
  };
  /** Read a call's SIP messages as a capture file for Wireshark and sngrep. */
  readonly getCallCapture: {
    readonly request: {
      readonly path: { readonly call_id: string };
    };
    readonly answer: string;
  };
  /** Add a number the organisation has. */
  readonly createPhoneNumber: {
    readonly request: {
      readonly body: CreatePhoneNumberRequest;
    };
    readonly answer: PhoneNumber;
  };
  /** List the numbers of the organisation. */
  readonly listPhoneNumbers: {
    readonly request: {
      readonly query?: { readonly cursor?: string; readonly limit?: number; readonly state?: "pending" | "verified" | "failed" | "expired"; readonly agent_id?: string };
    };
    readonly answer: ListPhoneNumbersResponse;
  };
  /** Search numbers that can be bought. */
  readonly searchAvailableNumbers: {
    readonly request: {
      readonly query?: { readonly country?: string; readonly area_code?: string; readonly provider?: "twilio" | "telnyx"; readonly limit?: number };
    };
    readonly answer: SearchAvailableNumbersResponse;
  };
  /** Buy phone number. */
  readonly buyPhoneNumber: {
    readonly request: {
      readonly body: BuyPhoneNumberRequest;
    };
    readonly answer: PhoneNumber;
  };
  /** Get phone number. */
  readonly getPhoneNumber: {
    readonly request: {
      readonly path: { readonly phone_number_id: string };
    };
    readonly answer: PhoneNumber;
  };
  /** Delete phone number. */
  readonly deletePhoneNumber: {
    readonly request: {
      readonly path: { readonly phone_number_id: string };
      readonly query?: { readonly release?: "true" | "false" };
    };
    readonly answer: DeletePhoneNumberResponse;
  };
  /** Prove a number with the code that was sent to it. */
  readonly checkPhoneNumber: {
    readonly request: {
      readonly path: { readonly phone_number_id: string };
      readonly body: CheckPhoneNumberRequest;
    };
    readonly answer: PhoneNumber;
  };
  /** Start the proof of a number again. */
  readonly verifyPhoneNumber: {
    readonly request: {
      readonly path: { readonly phone_number_id: string };
    };
    readonly answer: PhoneNumber;
  };
  /** Read the settings of the organisation's phone channel. */
  readonly getPhoneSettings: {
    readonly request: Readonly<Record<never, never>>;
    readonly answer: PhoneSettings;
  };
  /** Change the settings of the organisation's phone channel. */
  readonly updatePhoneSettings: {
    readonly request: {
      readonly body: UpdatePhoneSettingsRequest;
    };
    readonly answer: PhoneSettings;
  };
  /** Read an agent's inbound numbers and outbound trunk. */
  readonly getAgentSipConfig: {
    readonly request: {
      readonly path: { readonly phone_agent_id: string };
    };
    readonly answer: AgentSipConfig;
  };
  /** Set the numbers an agent answers. */
  readonly setAgentInboundNumbers: {
    readonly request: {
      readonly path: { readonly phone_agent_id: string };
      readonly body: SetAgentInboundNumbersRequest;
    };
    readonly answer: AgentSipConfig;
  };
  /** Set the trunk an agent calls out by. */
  readonly setAgentOutboundTrunk: {
    readonly request: {
      readonly path: { readonly phone_agent_id: string };
      readonly body: SetAgentOutboundTrunkRequest;
    };
    readonly answer: AgentSipConfig;
  };
  /** List where an agent can transfer calls to. */
  readonly listAgentTransferDestinations: {
    readonly request: {
      readonly path: { readonly phone_agent_id: string };
    };
    readonly answer: ListAgentTransferDestinationsResponse;
  };
  /** Let an agent transfer calls to a destination, also a new one. */
  readonly assignAgentTransferDestination: {
    readonly request: {
      readonly path: { readonly phone_agent_id: string };
      readonly body: AssignAgentTransferDestinationRequest;
    };
    readonly answer: AssignAgentTransferDestinationResponse;
  };
  /** Take a destination from an agent. */
  readonly removeAgentTransferDestination: {
    readonly request: {
      readonly path: { readonly phone_agent_id: string; readonly destination_id: string };
    };
    readonly answer: Deleted;
  };
  /** Read which sources get no answer, and why. */
  readonly listSipBans: {
    readonly request: {
      readonly query?: { readonly cursor?: string; readonly limit?: number };
    };
    readonly answer: ListSipBansResponse;
  };
  /** Hear a source again that was silenced. */
  readonly liftSipBan: {
    readonly request: {
      readonly path: { readonly source: string };
    };
    readonly answer: Deleted;
  };
  /** Create the inbound trunk and its SIP credentials. */
  readonly createInboundTrunk: {
    readonly request: {
      readonly body?: CreateInboundTrunkRequest;
    };
    readonly answer: InboundTrunk;
  };
  /** Read the inbound trunk with its credentials. */
  readonly getInboundTrunk: {
    readonly request: Readonly<Record<never, never>>;
    readonly answer: InboundTrunk;
  };
  /** Change the inbound trunk. */
  readonly updateInboundTrunk: {
    readonly request: {
      readonly body: UpdateInboundTrunkRequest;
    };
    readonly answer: InboundTrunk;
  };
  /** Delete inbound trunk. */
  readonly deleteInboundTrunk: {
    readonly request: Readonly<Record<never, never>>;
    readonly answer: Deleted;
  };
  /** Add numbers to the inbound trunk. */
  readonly addInboundTrunkNumbers: {
    readonly request: {
      readonly body: AddInboundTrunkNumbersRequest;
    };
    readonly answer: InboundTrunk;
  };
  /** Remove a number from the inbound trunk. */
  readonly removeInboundTrunkNumber: {
    readonly request: {
      readonly path: { readonly phone_number: string };
    };
    readonly answer: InboundTrunk;
  };
  /** Give the inbound trunk a new password. */
  readonly rotateInboundTrunkPassword: {
    readonly request: Readonly<Record<never, never>>;
    readonly answer: InboundTrunk;
  };
  /** Give the inbound trunk all verified numbers and no others. */
  readonly syncInboundTrunk: {
    readonly request: Readonly<Record<never, never>>;
    readonly answer: InboundTrunk;
  };
  /** Read what a carrier must allow: addresses and ports. */
  readonly getSipNetwork: {
    readonly request: Readonly<Record<never, never>>;
    readonly answer: GetSipNetworkResponse;
  };
  /** List outbound trunks. */
  readonly listOutboundTrunks: {
    readonly request: Readonly<Record<never, never>>;
    readonly answer: ListOutboundTrunksResponse;
  };
  /** Create an outbound trunk with the SIP provider's credentials. */
  readonly createOutboundTrunk: {
    readonly request: {
      readonly body: CreateOutboundTrunkRequest;
    };
    readonly answer: OutboundTrunk;
  };
  /** Get outbound trunk. */
  readonly getOutboundTrunk: {
    readonly request: {
      readonly path: { readonly trunk_id: string };
    };
    readonly answer: OutboundTrunkDetails;
  };
  /** Update outbound trunk. */
  readonly updateOutboundTrunk: {
    readonly request: {
      readonly path: { readonly trunk_id: string };
      readonly body: UpdateOutboundTrunkRequest;
    };
    readonly answer: OutboundTrunk;
  };
  /** Update outbound trunk. */
  readonly patchOutboundTrunk: {
    readonly request: {
      readonly path: { readonly trunk_id: string };
      readonly body: UpdateOutboundTrunkRequest;
    };
    readonly answer: OutboundTrunk;
  };
  /** Delete outbound trunk. */
  readonly deleteOutboundTrunk: {
    readonly request: {
      readonly path: { readonly trunk_id: string };
    };
    readonly answer: Deleted;
  };
  /** Make a client certificate for an outbound trunk. */
  readonly makeOutboundTrunkClientCertificate: {
    readonly request: {
      readonly path: { readonly trunk_id: string };
      readonly body: MakeOutboundTrunkClientCertificateRequest;
    };
    readonly answer: MakeOutboundTrunkClientCertificateResponse;
  };
  /** Replace the credentials of an outbound trunk. */
  readonly rotateOutboundTrunkCredentials: {
    readonly request: {
      readonly path: { readonly trunk_id: string };
      readonly body: RotateOutboundTrunkCredentialsRequest;
    };
    readonly answer: OutboundTrunk;
  };
  /** List carriers and PBXs with what they expect of a trunk. */
  readonly listSipPresets: {
    readonly request: {
      readonly query?: { readonly cursor?: string; readonly limit?: number };
    };
    readonly answer: ListSipPresetsResponse;
  };
  /** Read which calls were turned away, and why. */
  readonly listSipRefusals: {
    readonly request: {
      readonly query?: { readonly cursor?: string; readonly limit?: number; readonly whose?: "own" | "unknown" };
    };
    readonly answer: ListSipRefusalsResponse;
  };
  /** Ask which agent would answer a call, step by step. */
  readonly testRoute: {
    readonly request: {
      readonly body: TestRouteRequest;
    };
    readonly answer: TestRouteResponse;
  };
  /** List transfer destinations. */
  readonly listTransferDestinations: {
    readonly request: Readonly<Record<never, never>>;
    readonly answer: ListTransferDestinationsResponse;
  };
  /** Create a transfer destination. */
  readonly createTransferDestination: {
    readonly request: {
      readonly body: CreateTransferDestinationRequest;
    };
    readonly answer: TransferDestination;
  };
  /** Get transfer destination. */
  readonly getTransferDestination: {
    readonly request: {
      readonly path: { readonly destination_id: string };
    };
    readonly answer: TransferDestination;
  };
  /** Update transfer destination. */
  readonly updateTransferDestination: {
    readonly request: {
      readonly path: { readonly destination_id: string };
      readonly body: UpdateTransferDestinationRequest;
    };
    readonly answer: TransferDestination;
  };
  /** Delete transfer destination. */
  readonly deleteTransferDestination: {
    readonly request: {
      readonly path: { readonly destination_id: string };
    };
    readonly answer: Deleted;
  };
  /** List the voices agents can speak with. */
  readonly listPhoneVoices: {
    readonly request: {
      readonly query?: { readonly cursor?: string; readonly limit?: number };
    };
    readonly answer: ListPhoneVoicesResponse;
  };
  /** Get phone agent. */
  readonly getPhoneAgent: {
    readonly request: {
      readonly path: { readonly phone_agent_id: string };
    };
    readonly answer: PhoneAgent;
  };
  /** Update phone agent. */
  readonly updatePhoneAgent: {
    readonly request: {
      readonly path: { readonly phone_agent_id: string };
      readonly body: UpdatePhoneAgentRequest;
    };
    readonly answer: PhoneAgent;
  };
  /** Delete phone agent. */
  readonly deletePhoneAgent: {
    readonly request: {
      readonly path: { readonly phone_agent_id: string };
    };
    readonly answer: DeletePhoneAgentResponse;
  };
  /** List phone agent versions. */
  readonly listPhoneAgentVersions: {
    readonly request: {
      readonly path: { readonly phone_agent_id: string };
      readonly query?: { readonly cursor?: string; readonly limit?: number };
    };
    readonly answer: ListPhoneAgentVersionsResponse;
  };
  /** Create phone agent version. */
  readonly createPhoneAgentVersion: {
    readonly request: {
      readonly path: { readonly phone_agent_id: string };
      readonly body: UpdatePhoneAgentRequest;
    };
    readonly answer: AgentVersion;
  };
  /** Update phone agent version. */
  readonly updatePhoneAgentVersion: {
    readonly request: {
      readonly path: { readonly phone_agent_id: string; readonly number: string };
      readonly body: UpdatePhoneAgentRequest;
    };
    readonly answer: AgentVersion;
  };
  /** Publish phone agent version. */
  readonly publishPhoneAgentVersion: {
    readonly request: {
      readonly path: { readonly phone_agent_id: string; readonly number: string };
    };
    readonly answer: AgentVersion;
  };
  /** Roll back phone agent version. */
  readonly rollBackPhoneAgentVersion: {
    readonly request: {
      readonly path: { readonly phone_agent_id: string; readonly number: string };
    };
    readonly answer: AgentVersion;
  };
  /** Can the server take calls? */
  readonly getReadiness: {
    readonly request: Readonly<Record<never, never>>;
    readonly answer: GetReadinessResponse;
  };
  /** List users. */
  readonly listUsers: {
    readonly request: {
      readonly query?: { readonly cursor?: string; readonly limit?: number; readonly organisation_id?: string };
    };
    readonly answer: ListUsersResponse;
  };
  /** Create a user. */
  readonly createUser: {
    readonly request: {
      readonly body: CreateUserRequest;
    };
    readonly answer: User;
  };
  /** Update user. */
  readonly updateUser: {
    readonly request: {
      readonly path: { readonly user_id: string };
      readonly body: UpdateUserRequest;
    };
    readonly answer: User;
  };
  /** Delete user. */
  readonly deleteUser: {
    readonly request: {
      readonly path: { readonly user_id: string };
    };
    readonly answer: Deleted;
  };
}

/** Where each operation is. */
export const operations = {
  listApiKeys: { method: "GET", path: "/api-keys" },
  createApiKey: { method: "POST", path: "/api-keys" },
  deleteApiKey: { method: "DELETE", path: "/api-keys/{api_key_id}" },
  listAuditLog: { method: "GET", path: "/audit-log" },
  listSessions: { method: "GET", path: "/chat/sessions" },
  createSession: { method: "POST", path: "/chat/sessions" },
  getSession: { method: "GET", path: "/chat/sessions/{session_id}" },
  updateSession: { method: "PATCH", path: "/chat/sessions/{session_id}" },
  assignSession: { method: "POST", path: "/chat/sessions/{session_id}/assign" },
  closeSession: { method: "POST", path: "/chat/sessions/{session_id}/close" },
  streamSessionEvents: { method: "GET", path: "/chat/sessions/{session_id}/events" },
  getSessionHistory: { method: "GET", path: "/chat/sessions/{session_id}/history" },
  addSessionNote: { method: "POST", path: "/chat/sessions/{session_id}/notes" },
  reopenSession: { method: "POST", path: "/chat/sessions/{session_id}/reopen" },
  sendSessionMessage: { method: "POST", path: "/chat/sessions/{session_id}/send" },
  setSessionTags: { method: "PUT", path: "/chat/sessions/{session_id}/tags" },
  createContact: { method: "POST", path: "/contacts" },
  listContacts: { method: "GET", path: "/contacts" },
  getContact: { method: "GET", path: "/contacts/{contact_id}" },
  updateContact: { method: "PATCH", path: "/contacts/{contact_id}" },
  deleteContact: { method: "DELETE", path: "/contacts/{contact_id}" },
  mergeContact: { method: "POST", path: "/contacts/{contact_id}/merge" },
  streamEvents: { method: "GET", path: "/events" },
  getHealth: { method: "GET", path: "/healthz" },
  getMetrics: { method: "GET", path: "/metrics" },
  listOrganisations: { method: "GET", path: "/organisations" },
  createOrganisation: { method: "POST", path: "/organisations" },
  getOrganisation: { method: "GET", path: "/organisations/{organisation_id}" },
  updateOrganisation: { method: "PATCH", path: "/organisations/{organisation_id}" },
  createPhoneAgent: { method: "POST", path: "/phone" },
  listPhoneAgents: { method: "GET", path: "/phone" },
  listCalls: { method: "GET", path: "/phone/calls" },
  getCall: { method: "GET", path: "/phone/calls/{call_id}" },
  sendCallDigits: { method: "POST", path: "/phone/calls/{call_id}/digits" },
  streamCallEvents: { method: "GET", path: "/phone/calls/{call_id}/events" },
  hangUpCall: { method: "POST", path: "/phone/calls/{call_id}/hangup" },
  getCallLatency: { method: "GET", path: "/phone/calls/{call_id}/latency" },
  getCallRecording: { method: "GET", path: "/phone/calls/{call_id}/recording" },
  deleteCallRecording: { method: "DELETE", path: "/phone/calls/{call_id}/recording" },
  pauseCallRecording: { method: "POST", path: "/phone/calls/{call_id}/recording/pause" },
  getCallRecordingPeaks: { method: "GET", path: "/phone/calls/{call_id}/recording/peaks" },
  resumeCallRecording: { method: "POST", path: "/phone/calls/{call_id}/recording/resume" },
  sayInCall: { method: "POST", path: "/phone/calls/{call_id}/say" },
  getCallTrace: { method: "GET", path: "/phone/calls/{call_id}/trace" },
  getCallCapture: { method: "GET", path: "/phone/calls/{call_id}/trace.pcap" },
  createPhoneNumber: { method: "POST", path: "/phone/numbers" },
  listPhoneNumbers: { method: "GET", path: "/phone/numbers" },
  searchAvailableNumbers: { method: "GET", path: "/phone/numbers/available" },
  buyPhoneNumber: { method: "POST", path: "/phone/numbers/buy" },
  getPhoneNumber: { method: "GET", path: "/phone/numbers/{phone_number_id}" },
  deletePhoneNumber: { method: "DELETE", path: "/phone/numbers/{phone_number_id}" },
  checkPhoneNumber: { method: "POST", path: "/phone/numbers/{phone_number_id}/check" },
  verifyPhoneNumber: { method: "POST", path: "/phone/numbers/{phone_number_id}/verify" },
  getPhoneSettings: { method: "GET", path: "/phone/settings" },
  updatePhoneSettings: { method: "PATCH", path: "/phone/settings" },
  getAgentSipConfig: { method: "GET", path: "/phone/sip/agents/{phone_agent_id}/config" },
  setAgentInboundNumbers: { method: "PUT", path: "/phone/sip/agents/{phone_agent_id}/inbound-numbers" },
  setAgentOutboundTrunk: { method: "PUT", path: "/phone/sip/agents/{phone_agent_id}/outbound-trunk" },
  listAgentTransferDestinations: { method: "GET", path: "/phone/sip/agents/{phone_agent_id}/transfer-destinations" },
  assignAgentTransferDestination: { method: "POST", path: "/phone/sip/agents/{phone_agent_id}/transfer-destinations" },
  removeAgentTransferDestination: { method: "DELETE", path: "/phone/sip/agents/{phone_agent_id}/transfer-destinations/{destination_id}" },
  listSipBans: { method: "GET", path: "/phone/sip/bans" },
  liftSipBan: { method: "DELETE", path: "/phone/sip/bans/{source}" },
  createInboundTrunk: { method: "POST", path: "/phone/sip/inbound-trunk" },
  getInboundTrunk: { method: "GET", path: "/phone/sip/inbound-trunk" },
  updateInboundTrunk: { method: "PATCH", path: "/phone/sip/inbound-trunk" },
  deleteInboundTrunk: { method: "DELETE", path: "/phone/sip/inbound-trunk" },
  addInboundTrunkNumbers: { method: "POST", path: "/phone/sip/inbound-trunk/phone-numbers" },
  removeInboundTrunkNumber: { method: "DELETE", path: "/phone/sip/inbound-trunk/phone-numbers/{phone_number}" },
  rotateInboundTrunkPassword: { method: "POST", path: "/phone/sip/inbound-trunk/rotate-password" },
  syncInboundTrunk: { method: "POST", path: "/phone/sip/inbound-trunk/sync" },
  getSipNetwork: { method: "GET", path: "/phone/sip/network" },
  listOutboundTrunks: { method: "GET", path: "/phone/sip/outbound-trunks" },
  createOutboundTrunk: { method: "POST", path: "/phone/sip/outbound-trunks" },
  getOutboundTrunk: { method: "GET", path: "/phone/sip/outbound-trunks/{trunk_id}" },
  updateOutboundTrunk: { method: "PUT", path: "/phone/sip/outbound-trunks/{trunk_id}" },
  patchOutboundTrunk: { method: "PATCH", path: "/phone/sip/outbound-trunks/{trunk_id}" },
  deleteOutboundTrunk: { method: "DELETE", path: "/phone/sip/outbound-trunks/{trunk_id}" },
  makeOutboundTrunkClientCertificate: { method: "POST", path: "/phone/sip/outbound-trunks/{trunk_id}/client-certificate" },
  rotateOutboundTrunkCredentials: { method: "POST", path: "/phone/sip/outbound-trunks/{trunk_id}/credentials" },
  listSipPresets: { method: "GET", path: "/phone/sip/presets" },
  listSipRefusals: { method: "GET", path: "/phone/sip/refusals" },
  testRoute: { method: "POST", path: "/phone/sip/route-test" },
  listTransferDestinations: { method: "GET", path: "/phone/sip/transfer-destinations" },
  createTransferDestination: { method: "POST", path: "/phone/sip/transfer-destinations" },
  getTransferDestination: { method: "GET", path: "/phone/sip/transfer-destinations/{destination_id}" },
  updateTransferDestination: { method: "PUT", path: "/phone/sip/transfer-destinations/{destination_id}" },
  deleteTransferDestination: { method: "DELETE", path: "/phone/sip/transfer-destinations/{destination_id}" },
  listPhoneVoices: { method: "GET", path: "/phone/voices" },
  getPhoneAgent: { method: "GET", path: "/phone/{phone_agent_id}" },
  updatePhoneAgent: { method: "PATCH", path: "/phone/{phone_agent_id}" },
  deletePhoneAgent: { method: "DELETE", path: "/phone/{phone_agent_id}" },
  listPhoneAgentVersions: { method: "GET", path: "/phone/{phone_agent_id}/versions" },
  createPhoneAgentVersion: { method: "POST", path: "/phone/{phone_agent_id}/versions" },
  updatePhoneAgentVersion: { method: "PATCH", path: "/phone/{phone_agent_id}/versions/{number}" },
  publishPhoneAgentVersion: { method: "POST", path: "/phone/{phone_agent_id}/versions/{number}/publish" },
  rollBackPhoneAgentVersion: { method: "POST", path: "/phone/{phone_agent_id}/versions/{number}/rollback" },
  getReadiness: { method: "GET", path: "/readyz" },
  listUsers: { method: "GET", path: "/users" },
  createUser: { method: "POST", path: "/users" },
  updateUser: { method: "PATCH", path: "/users/{user_id}" },
  deleteUser: { method: "DELETE", path: "/users/{user_id}" },
} as const;
