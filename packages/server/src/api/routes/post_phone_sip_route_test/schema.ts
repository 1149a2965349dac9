import { z } from 'zod';
import { routeStep } from '../../sip-fields.ts';
import { filledText, text } from '../../wire.ts';

const body = z
  .object({
    /** As somebody would dial it. */
    phone_number: filledText(100).nullish(),
    caller: text(100).nullish(),
    /** What the PBX would put into the agent header. */
    agent_id: text(255).nullish(),
    /** A whole INVITE, as copied out of a trace; alone. */
    invite: filledText(65_535).nullish(),
  })
  .refine(({ phone_number: number, invite }) => (number ?? null) === null || (invite ?? null) === null, {
    path: ['invite'],
    message: 'must not stand beside phone_number: send one of them',
  })
  .refine(({ phone_number: number, invite }) => (number ?? null) !== null || (invite ?? null) !== null, {
    path: ['phone_number'],
    message: 'must be there, or invite in its place',
  });

export const postRouteTestSchema = {
  body,
  response: {
    200: z.object({
      /** null: the call would not be let in. */
      trunk: z.object({ id: z.string(), auth_username: z.string() }).nullable(),
      /** The rule that decided; null when none did. */
      rule: z.string().nullable(),
      agent: z.object({ id: z.string(), name: z.string() }).nullable(),
      /** The dialled number as it is read. */
      dialled: z.string().nullable(),
      caller: z.string().nullable(),
      /** What the caller would get; null when an agent answers. */
      refusal: z.object({ code: z.string(), status: z.number(), sentence: z.string() }).nullable(),
      steps: z.array(routeStep),
    }),
  },
};
