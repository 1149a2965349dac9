/** What the OpenAPI document says of an operation beyond its path, action and schemas. */
interface Documentation {
  /** Where the one made of path and action would not be the documented one or no English. */
  readonly id?: string;
  readonly summary?: string;
  /** A body the operation accepts as it stands. */
  readonly example?: unknown;
}

/** By method and path as the router has it. */
export const documented: Readonly<Record<string, Documentation>> = {
  'GET /phone': { id: 'listPhoneAgents', summary: 'List the phone agents of the organisation' },
  'POST /phone': {
    id: 'createPhoneAgent',
    summary: 'Create a phone agent',
    example: {
      name: 'Support Agent',
      type: 'inbound',
      language: 'en',
      first_message: 'Hi, thanks for calling! How can I help you today?',
      use_org_knowledgebase: true,
    },
  },
  'POST /phone/sip/inbound-trunk': {
    summary: 'Create the inbound trunk and its SIP credentials',
    example: { phone_numbers: ['+15551234567'], krisp_enabled: true },
  },
  'GET /phone/sip/inbound-trunk': { id: 'getInboundTrunk', summary: 'Read the inbound trunk with its credentials' },
  'GET /chat/sessions/:session_id/history': {
    id: 'getSessionHistory',
    summary: 'Read what was said in a session, oldest first',
  },
  'POST /api-keys': {
    summary: 'Create an API key, which is shown this once',
    example: { name: 'Reporting', scopes: ['phone:read', 'chat-sessions:read'] },
  },
  'POST /organisations': {
    summary: 'Create an organisation and its first API key',
    example: { name: 'Bakery', slug: 'bakery', country: 'US' },
  },
  'POST /users': {
    summary: 'Create a user',
    example: { email: 'ada@example.com', name: 'Ada Lovelace', password: 'correct horse battery' },
  },
  'GET /audit-log': { id: 'listAuditLog', summary: 'Read what was changed, and by which key, newest first' },
  'GET /healthz': { id: 'getHealth', summary: 'Is the process alive?' },
  'GET /readyz': { id: 'getReadiness', summary: 'Can the server take calls?' },
  'GET /metrics': { summary: 'Figures for Prometheus' },
};
