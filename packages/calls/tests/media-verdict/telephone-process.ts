/** A telephone in a process of its own, so that it can lose its power: dials the port it is given, is muted by a message. */
import { pickUpTelephone } from '../scene.ts';

const telephone = await pickUpTelephone(32_500);
await telephone.dial(Number(process.argv[2]));
process.on('message', () => void telephone.leg.close());
