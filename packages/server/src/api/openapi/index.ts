/** The API described for programs (OpenAPI 3.1) and for people, from the schemas that check requests. */
export { createDocument, type OpenApiDocument } from './document.ts';
export { collectOperations, type Operation } from './operations.ts';
export { documentationPage, pagePolicy } from './page.ts';
