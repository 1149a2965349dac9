import type { ModelTool } from './model.ts';

/** What every agent can do in a call besides talking. */
export const conversationTools: readonly ModelTool[] = [
  {
    name: 'end_call',
    description: 'Ends the call after the words of this answer were heard. Use it after both sides said goodbye.',
    parameters: { type: 'object', properties: {}, additionalProperties: false },
  },
  {
    name: 'request_person',
    description: 'Notes that the caller wants to talk to a person; somebody of the team calls back.',
    parameters: {
      type: 'object',
      properties: { reason: { type: 'string', description: 'Why, in a few words.' } },
      additionalProperties: false,
    },
  },
];
