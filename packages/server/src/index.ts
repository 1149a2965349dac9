export type { Database, Store, StoreHealth } from './store/database.ts';
export { openStore, type StoreOptions } from './store/open-store.ts';
export { StoreError, type StoreErrorCode } from './store/store-error.ts';
