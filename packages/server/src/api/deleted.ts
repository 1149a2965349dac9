import { z } from 'zod';

/** What a DELETE answers with. */
export const deletedSchema = z.object({ id: z.string(), deleted: z.literal(true) });

export const deleted = (id: string): z.output<typeof deletedSchema> => ({ id, deleted: true });
