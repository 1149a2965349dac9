export type { Database, Store, StoreHealth } from './store/database.ts';
export { type StoreOptions, openStore } from './store/open-store.ts';
export { StoreError, type StoreErrorCode } from './store/store-error.ts';
