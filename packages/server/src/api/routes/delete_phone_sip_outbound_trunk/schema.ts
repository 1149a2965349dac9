import { deletedSchema } from '../../deleted.ts';
import { outboundTrunkParams } from '../../outbound-trunk.ts';

export const deleteOutboundTrunkSchema = { params: outboundTrunkParams, response: { 200: deletedSchema } };
