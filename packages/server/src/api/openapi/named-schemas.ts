import type { z } from 'zod';
import { agentSipConfigSchema } from '../agent-sip-config.ts';
import { agentVersionSchema } from '../agent-version.ts';
import { apiKeySchema } from '../api-key.ts';
import { callSchema } from '../call.ts';
import { carrierPresetSchema } from '../carrier-preset.ts';
import { contactSchema } from '../contact.ts';
import { deletedSchema } from '../deleted.ts';
import { historyItemSchema } from '../history-item.ts';
import { inboundTrunkSchema } from '../inbound-trunk.ts';
import { organisationSchema } from '../organisation.ts';
import { outboundTrunkDetailsSchema, outboundTrunkSchema } from '../outbound-trunk.ts';
import { phoneAgentSchema } from '../phone-agent.ts';
import { phoneNumberSchema } from '../phone-number.ts';
import { phoneSettingsSchema } from '../phone-settings.ts';
import { sessionSchema } from '../session.ts';
import { transferDestinationSchema } from '../transfer-destination.ts';
import { userSchema } from '../user.ts';

/** Resources that several operations answer with, under the names clients know them by. */
export const namedSchemas: Readonly<Record<string, z.ZodType>> = {
  AgentSipConfig: agentSipConfigSchema,
  AgentVersion: agentVersionSchema,
  ApiKey: apiKeySchema,
  Call: callSchema,
  CarrierPreset: carrierPresetSchema,
  Contact: contactSchema,
  Deleted: deletedSchema,
  HistoryItem: historyItemSchema,
  InboundTrunk: inboundTrunkSchema,
  Organisation: organisationSchema,
  OutboundTrunk: outboundTrunkSchema,
  OutboundTrunkDetails: outboundTrunkDetailsSchema,
  PhoneAgent: phoneAgentSchema,
  PhoneNumber: phoneNumberSchema,
  PhoneSettings: phoneSettingsSchema,
  Session: sessionSchema,
  TransferDestination: transferDestinationSchema,
  User: userSchema,
};
