import { deletedSchema } from '../../deleted.ts';

export const deleteInboundTrunkSchema = { response: { 200: deletedSchema } };
