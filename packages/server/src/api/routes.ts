import type { Api, Services } from './api.ts';
import { deleteApiKey } from './routes/delete_api_key/route.ts';
import { deleteContact } from './routes/delete_contact/route.ts';
import { deletePhoneAgent } from './routes/delete_phone_agent/route.ts';
import { deletePhoneCallRecording } from './routes/delete_phone_call_recording/route.ts';
import { deletePhoneNumber } from './routes/delete_phone_number/route.ts';
import { deleteAgentTransferDestination } from './routes/delete_phone_sip_agent_transfer_destination/route.ts';
import { deleteSipBan } from './routes/delete_phone_sip_ban/route.ts';
import { deleteInboundTrunk } from './routes/delete_phone_sip_inbound_trunk/route.ts';
import { deleteInboundTrunkNumber } from './routes/delete_phone_sip_inbound_trunk_phone_number/route.ts';
import { deleteOutboundTrunk } from './routes/delete_phone_sip_outbound_trunk/route.ts';
import { deleteTransferDestination } from './routes/delete_phone_sip_transfer_destination/route.ts';
import { deleteUser } from './routes/delete_user/route.ts';
import { getApiKeys } from './routes/get_api_keys/route.ts';
import { getAuditLog } from './routes/get_audit_log/route.ts';
import { getChatSession } from './routes/get_chat_session/route.ts';
import { getChatSessionEvents } from './routes/get_chat_session_events/route.ts';
import { getChatSessionHistory } from './routes/get_chat_session_history/route.ts';
import { getChatSessions } from './routes/get_chat_sessions/route.ts';
import { getContact } from './routes/get_contact/route.ts';
import { getContacts } from './routes/get_contacts/route.ts';
import { getEvents } from './routes/get_events/route.ts';
import { getHealthz } from './routes/get_healthz/route.ts';
import { getMetrics } from './routes/get_metrics/route.ts';
import { getOrganisation } from './routes/get_organisation/route.ts';
import { getOrganisations } from './routes/get_organisations/route.ts';
import { getPhone } from './routes/get_phone/route.ts';
import { getPhoneAgent } from './routes/get_phone_agent/route.ts';
import { getPhoneAgentVersions } from './routes/get_phone_agent_versions/route.ts';
import { getPhoneCall } from './routes/get_phone_call/route.ts';
import { getPhoneCallEvents } from './routes/get_phone_call_events/route.ts';
import { getPhoneCallLatency } from './routes/get_phone_call_latency/route.ts';
import { getPhoneCallRecording } from './routes/get_phone_call_recording/route.ts';
import { getPhoneCallRecordingPeaks } from './routes/get_phone_call_recording_peaks/route.ts';
import { getPhoneCallTrace } from './routes/get_phone_call_trace/route.ts';
import { getPhoneCallTracePcap } from './routes/get_phone_call_trace_pcap/route.ts';
import { getPhoneCalls } from './routes/get_phone_calls/route.ts';
import { getPhoneNumber } from './routes/get_phone_number/route.ts';
import { getPhoneNumbers } from './routes/get_phone_numbers/route.ts';
import { getPhoneNumbersAvailable } from './routes/get_phone_numbers_available/route.ts';
import { getPhoneSettings } from './routes/get_phone_settings/route.ts';
import { getAgentSipConfig } from './routes/get_phone_sip_agent_config/route.ts';
import { getAgentTransferDestinations } from './routes/get_phone_sip_agent_transfer_destinations/route.ts';
import { getSipBans } from './routes/get_phone_sip_bans/route.ts';
import { getInboundTrunk } from './routes/get_phone_sip_inbound_trunk/route.ts';
import { getSipNetwork } from './routes/get_phone_sip_network/route.ts';
import { getOutboundTrunk } from './routes/get_phone_sip_outbound_trunk/route.ts';
import { getOutboundTrunks } from './routes/get_phone_sip_outbound_trunks/route.ts';
import { getSipPresets } from './routes/get_phone_sip_presets/route.ts';
import { getSipRefusals } from './routes/get_phone_sip_refusals/route.ts';
import { getTransferDestination } from './routes/get_phone_sip_transfer_destination/route.ts';
import { getTransferDestinations } from './routes/get_phone_sip_transfer_destinations/route.ts';
import { getPhoneVoices } from './routes/get_phone_voices/route.ts';
import { getReadyz } from './routes/get_readyz/route.ts';
import { getUsers } from './routes/get_users/route.ts';
import { patchChatSession } from './routes/patch_chat_session/route.ts';
import { patchContact } from './routes/patch_contact/route.ts';
import { patchOrganisation } from './routes/patch_organisation/route.ts';
import { patchPhoneAgent } from './routes/patch_phone_agent/route.ts';
import { patchPhoneAgentVersion } from './routes/patch_phone_agent_version/route.ts';
import { patchPhoneSettings } from './routes/patch_phone_settings/route.ts';
import { patchInboundTrunk } from './routes/patch_phone_sip_inbound_trunk/route.ts';
import { patchOutboundTrunk } from './routes/patch_phone_sip_outbound_trunk/route.ts';
import { patchUser } from './routes/patch_user/route.ts';
import { postApiKeys } from './routes/post_api_keys/route.ts';
import { postChatSessionAssign } from './routes/post_chat_session_assign/route.ts';
import { postChatSessionClose } from './routes/post_chat_session_close/route.ts';
import { postChatSessionNotes } from './routes/post_chat_session_notes/route.ts';
import { postChatSessionReopen } from './routes/post_chat_session_reopen/route.ts';
import { postChatSessionSend } from './routes/post_chat_session_send/route.ts';
import { postChatSessions } from './routes/post_chat_sessions/route.ts';
import { postContactMerge } from './routes/post_contact_merge/route.ts';
import { postContacts } from './routes/post_contacts/route.ts';
import { postOrganisations } from './routes/post_organisations/route.ts';
import { postPhone } from './routes/post_phone/route.ts';
import { postPhoneAgentVersionPublish } from './routes/post_phone_agent_version_publish/route.ts';
import { postPhoneAgentVersionRollback } from './routes/post_phone_agent_version_rollback/route.ts';
import { postPhoneAgentVersions } from './routes/post_phone_agent_versions/route.ts';
import { postPhoneCallDigits } from './routes/post_phone_call_digits/route.ts';
import { postPhoneCallHangup } from './routes/post_phone_call_hangup/route.ts';
import { postPhoneCallRecordingPause } from './routes/post_phone_call_recording_pause/route.ts';
import { postPhoneCallRecordingResume } from './routes/post_phone_call_recording_resume/route.ts';
import { postPhoneCallSay } from './routes/post_phone_call_say/route.ts';
import { postPhoneNumberCheck } from './routes/post_phone_number_check/route.ts';
import { postPhoneNumberVerify } from './routes/post_phone_number_verify/route.ts';
import { postPhoneNumbers } from './routes/post_phone_numbers/route.ts';
import { postPhoneNumbersBuy } from './routes/post_phone_numbers_buy/route.ts';
import { postAgentTransferDestinations } from './routes/post_phone_sip_agent_transfer_destinations/route.ts';
import { postInboundTrunk } from './routes/post_phone_sip_inbound_trunk/route.ts';
import { postInboundTrunkNumbers } from './routes/post_phone_sip_inbound_trunk_phone_numbers/route.ts';
import { postInboundTrunkRotatePassword } from './routes/post_phone_sip_inbound_trunk_rotate_password/route.ts';
import { postInboundTrunkSync } from './routes/post_phone_sip_inbound_trunk_sync/route.ts';
import { postOutboundTrunkClientCertificate } from './routes/post_phone_sip_outbound_trunk_client_certificate/route.ts';
import { postOutboundTrunkCredentials } from './routes/post_phone_sip_outbound_trunk_credentials/route.ts';
import { postOutboundTrunks } from './routes/post_phone_sip_outbound_trunks/route.ts';
import { postRouteTest } from './routes/post_phone_sip_route_test/route.ts';
import { postTransferDestinations } from './routes/post_phone_sip_transfer_destinations/route.ts';
import { postUsers } from './routes/post_users/route.ts';
import { putChatSessionTags } from './routes/put_chat_session_tags/route.ts';
import { putAgentInboundNumbers } from './routes/put_phone_sip_agent_inbound_numbers/route.ts';
import { putAgentOutboundTrunk } from './routes/put_phone_sip_agent_outbound_trunk/route.ts';
import { putOutboundTrunk } from './routes/put_phone_sip_outbound_trunk/route.ts';
import { putTransferDestination } from './routes/put_phone_sip_transfer_destination/route.ts';

/** Every route of the API; each adds itself. */
export const routes: readonly ((api: Api, services: Services) => void)[] = [
  postPhone,
  getPhone,
  getPhoneAgent,
  getPhoneVoices,
  getPhoneSettings,
  patchPhoneSettings,
  patchPhoneAgent,
  deletePhoneAgent,
  getPhoneAgentVersions,
  postPhoneAgentVersions,
  patchPhoneAgentVersion,
  postPhoneAgentVersionPublish,
  postPhoneAgentVersionRollback,
  postInboundTrunk,
  getInboundTrunk,
  patchInboundTrunk,
  deleteInboundTrunk,
  postInboundTrunkSync,
  postInboundTrunkNumbers,
  deleteInboundTrunkNumber,
  postInboundTrunkRotatePassword,
  getOutboundTrunks,
  postOutboundTrunks,
  getOutboundTrunk,
  putOutboundTrunk,
  patchOutboundTrunk,
  deleteOutboundTrunk,
  postOutboundTrunkCredentials,
  postOutboundTrunkClientCertificate,
  getSipNetwork,
  getSipPresets,
  getAgentSipConfig,
  putAgentInboundNumbers,
  putAgentOutboundTrunk,
  getTransferDestinations,
  postTransferDestinations,
  getTransferDestination,
  putTransferDestination,
  deleteTransferDestination,
  getAgentTransferDestinations,
  postAgentTransferDestinations,
  deleteAgentTransferDestination,
  postRouteTest,
  getSipRefusals,
  getSipBans,
  deleteSipBan,
  getPhoneNumbersAvailable,
  postPhoneNumbersBuy,
  postPhoneNumbers,
  getPhoneNumbers,
  getPhoneNumber,
  deletePhoneNumber,
  postPhoneNumberVerify,
  postPhoneNumberCheck,
  getChatSessions,
  getChatSession,
  getChatSessionHistory,
  getPhoneCalls,
  getPhoneCall,
  postPhoneCallHangup,
  postPhoneCallDigits,
  postPhoneCallSay,
  getPhoneCallEvents,
  getPhoneCallTrace,
  getPhoneCallTracePcap,
  getPhoneCallLatency,
  getPhoneCallRecording,
  getPhoneCallRecordingPeaks,
  postPhoneCallRecordingPause,
  postPhoneCallRecordingResume,
  deletePhoneCallRecording,
  postChatSessions,
  patchChatSession,
  postChatSessionClose,
  postChatSessionReopen,
  postChatSessionAssign,
  putChatSessionTags,
  postChatSessionNotes,
  postChatSessionSend,
  getChatSessionEvents,
  getEvents,
  postContacts,
  getContacts,
  getContact,
  patchContact,
  deleteContact,
  postContactMerge,
  getApiKeys,
  postApiKeys,
  deleteApiKey,
  getOrganisations,
  postOrganisations,
  getOrganisation,
  patchOrganisation,
  getUsers,
  postUsers,
  patchUser,
  deleteUser,
  getAuditLog,
  getHealthz,
  getReadyz,
  getMetrics,
];
