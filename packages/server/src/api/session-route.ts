import { z } from 'zod';
import type { LiveStore } from '../live/live-store.ts';
import type { Services } from './api.ts';

/** Path parameters of everything below a session. */
export const sessionParams = z.object({ session_id: z.string() });

export const liveStoreOf = ({ store, bus }: Services): LiveStore => ({ db: store.db, bus });
