import { documentedOperations, pathOf } from '../documented-operations.ts';

const someId = '00000000-0000-4000-8000-000000000000';

/** Every route that needs a key, with ids that nothing has, and what the key must allow. */
export const protectedRoutes = documentedOperations.flatMap((operation) => {
  const { method, scope, pathParameters } = operation;
  const path = pathOf(operation, Object.fromEntries(pathParameters.map(({ name }) => [name, someId])));
  return scope ? [{ method, path, scope }] : [];
});
