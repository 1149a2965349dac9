import type { Database } from '../store/database.ts';
import type { EventBus } from './event-bus.ts';

/** The store, and who is told after something was written that live streams tell. */
export interface LiveStore {
  readonly db: Database;
  readonly bus: EventBus;
}
