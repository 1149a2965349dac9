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
  'GET /phone/voices': { id: 'listPhoneVoices', summary: 'List the voices agents can speak with' },
  'GET /phone/settings': { id: 'getPhoneSettings', summary: "Read the settings of the organisation's phone channel" },
  'PATCH /phone/settings': {
    summary: "Change the settings of the organisation's phone channel",
    example: { country: 'US', session_window_minutes: 180 },
  },
  'GET /phone/numbers': { id: 'listPhoneNumbers', summary: 'List the numbers of the organisation' },
  'GET /phone/numbers/available': { id: 'searchAvailableNumbers', summary: 'Search numbers that can be bought' },
  'POST /phone/numbers': {
    summary: 'Add a number the organisation has',
    example: { phone_number: '+15551234567', method: 'operator' },
  },
  'POST /phone/numbers/:phone_number_id/verify': { summary: 'Start the proof of a number again' },
  'POST /phone/numbers/:phone_number_id/check': { summary: 'Prove a number with the code that was sent to it' },
  'POST /phone/calls/:call_id/hangup': { id: 'hangUpCall', summary: 'End a call' },
  'POST /phone/calls/:call_id/digits': { id: 'sendCallDigits', summary: 'Press keys in a call' },
  'POST /phone/calls/:call_id/say': { id: 'sayInCall', summary: 'Let the agent say something in a call' },
  'GET /phone/calls/:call_id/events': { summary: 'Follow the record of a call live' },
  'GET /phone/calls/:call_id/recording': { id: 'getCallRecording', summary: 'Hear a call, or a part of it by Range' },
  'GET /phone/calls/:call_id/recording/peaks': {
    id: 'getCallRecordingPeaks',
    summary: "Read the waveform of a call's recording",
  },
  'POST /phone/calls/:call_id/recording/pause': {
    id: 'pauseCallRecording',
    summary: 'Put silence into the recording of a call until it is resumed',
  },
  'POST /phone/calls/:call_id/recording/resume': {
    id: 'resumeCallRecording',
    summary: 'Go on with the recording of a call',
  },
  'DELETE /phone/calls/:call_id/recording': {
    id: 'deleteCallRecording',
    summary: 'Delete the recording of a call; its hash stays as a proof',
  },
  'GET /phone/calls/:call_id/trace': { id: 'getCallTrace', summary: 'Read the SIP messages of a call' },
  'GET /phone/calls/:call_id/latency': { summary: "Read where the time of a call's answers went" },
  'POST /chat/sessions': { summary: 'Begin a chat session', example: { channel: { type: 'api' } } },
  'POST /chat/sessions/:session_id/send': { id: 'sendSessionMessage', summary: 'Say something and read the answer' },
  'POST /chat/sessions/:session_id/notes': { id: 'addSessionNote', summary: 'Add a note for people' },
  'PUT /chat/sessions/:session_id/tags': { id: 'setSessionTags', summary: 'Replace the tags of a session' },
  'GET /chat/sessions/:session_id/events': { summary: 'Follow a session live' },
  'GET /events': { summary: "Follow everything in the organisation's calls and sessions live" },
  'POST /contacts': {
    summary: 'Create a contact',
    example: { contact: { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+15559876543' } },
  },
  'POST /contacts/:contact_id/merge': { summary: 'Make one contact of two' },
  'POST /phone/sip/inbound-trunk': {
    summary: 'Create the inbound trunk and its SIP credentials',
    example: { phone_numbers: ['+15551234567'], krisp_enabled: true },
  },
  'GET /phone/sip/inbound-trunk': { id: 'getInboundTrunk', summary: 'Read the inbound trunk with its credentials' },
  'PATCH /phone/sip/inbound-trunk': {
    summary: 'Change the inbound trunk',
    example: { krisp_enabled: false, calls_per_second: 5, max_calls: 50 },
  },
  'POST /phone/sip/inbound-trunk/phone-numbers': {
    id: 'addInboundTrunkNumbers',
    summary: 'Add numbers to the inbound trunk',
    example: { phone_numbers: ['+15552223333'] },
  },
  'DELETE /phone/sip/inbound-trunk/phone-numbers/:phone_number': {
    id: 'removeInboundTrunkNumber',
    summary: 'Remove a number from the inbound trunk',
  },
  'POST /phone/sip/inbound-trunk/rotate-password': {
    id: 'rotateInboundTrunkPassword',
    summary: 'Give the inbound trunk a new password',
  },
  'POST /phone/sip/inbound-trunk/sync': { summary: 'Give the inbound trunk all verified numbers and no others' },
  'GET /phone/sip/presets': {
    id: 'listSipPresets',
    summary: 'List carriers and PBXs with what they expect of a trunk',
  },
  'GET /phone/sip/network': { id: 'getSipNetwork', summary: 'Read what a carrier must allow: addresses and ports' },
  'GET /phone/sip/outbound-trunks/:trunk_id': { id: 'getOutboundTrunk' },
  'PATCH /phone/sip/outbound-trunks/:trunk_id': { id: 'patchOutboundTrunk', summary: 'Update outbound trunk' },
  'POST /phone/sip/outbound-trunks': {
    summary: "Create an outbound trunk with the SIP provider's credentials",
    example: {
      name: 'Twilio Outbound',
      host: 'sip.twilio.com',
      port: 5060,
      username: 'your-sip-username',
      password: 'your-sip-password',
      caller_number: '+15551234567',
      transport: 'udp',
    },
  },
  'POST /phone/sip/outbound-trunks/:trunk_id/credentials': {
    id: 'rotateOutboundTrunkCredentials',
    summary: 'Replace the credentials of an outbound trunk',
  },
  'POST /phone/sip/outbound-trunks/:trunk_id/client-certificate': {
    id: 'makeOutboundTrunkClientCertificate',
    summary: 'Make a client certificate for an outbound trunk',
  },
  'GET /phone/sip/agents/:phone_agent_id/config': {
    id: 'getAgentSipConfig',
    summary: "Read an agent's inbound numbers and outbound trunk",
  },
  'PUT /phone/sip/agents/:phone_agent_id/inbound-numbers': {
    id: 'setAgentInboundNumbers',
    summary: 'Set the numbers an agent answers',
  },
  'PUT /phone/sip/agents/:phone_agent_id/outbound-trunk': {
    id: 'setAgentOutboundTrunk',
    summary: 'Set the trunk an agent calls out by',
  },
  'GET /phone/sip/agents/:phone_agent_id/transfer-destinations': {
    id: 'listAgentTransferDestinations',
    summary: 'List where an agent can transfer calls to',
  },
  'POST /phone/sip/agents/:phone_agent_id/transfer-destinations': {
    id: 'assignAgentTransferDestination',
    summary: 'Let an agent transfer calls to a destination, also a new one',
  },
  'DELETE /phone/sip/agents/:phone_agent_id/transfer-destinations/:destination_id': {
    id: 'removeAgentTransferDestination',
    summary: 'Take a destination from an agent',
  },
  'GET /phone/sip/transfer-destinations/:destination_id': { id: 'getTransferDestination' },
  'POST /phone/sip/transfer-destinations': {
    summary: 'Create a transfer destination',
    example: { name: 'Support Team', type: 'phone', value: '+15559999999' },
  },
  'GET /phone/sip/refusals': { id: 'listSipRefusals', summary: 'Read which calls were turned away, and why' },
  'GET /phone/sip/bans': { id: 'listSipBans', summary: 'Read which sources get no answer, and why' },
  'DELETE /phone/sip/bans/:source': { id: 'liftSipBan', summary: 'Hear a source again that was silenced' },
  'GET /phone/calls/:call_id/trace.pcap': {
    id: 'getCallCapture',
    summary: "Read a call's SIP messages as a capture file for Wireshark and sngrep",
  },
  'POST /phone/sip/route-test': {
    id: 'testRoute',
    summary: 'Ask which agent would answer a call, step by step',
    example: { phone_number: '+15551234567' },
  },
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
