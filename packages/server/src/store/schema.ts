/** The whole schema: PostgreSQL dialect, the same on PGlite and PostgreSQL. Every table of an organisation carries `orgId`. */
export { apiKeys, auditLog, memberships, users } from './tables/access.ts';
export { phoneAgents, phoneAgentVersions } from './tables/agents.ts';
export { callEvents, calls, sipMessages } from './tables/calls.ts';
export { streamPositions } from './tables/columns.ts';
export { contacts, sessionMessages, sessions } from './tables/conversations.ts';
export { knowledge, passages } from './tables/knowledge.ts';
export { phoneNumbers } from './tables/numbers.ts';
export { organisations } from './tables/organisations.ts';
export { recordings } from './tables/recordings.ts';
export {
  agentTransferDestinations,
  inboundTrunks,
  outboundTrunks,
  sipRefusals,
  transferDestinations,
} from './tables/trunks.ts';
