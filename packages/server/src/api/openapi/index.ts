/** The API described for programs (OpenAPI 3.1) and for people, from the schemas that check requests. */
export { createDocument, type OpenApiDocument } from './document.ts';
export { pagePolicy } from './html.ts';
export { collectOperations, type Operation } from './operations.ts';
export { documentationPage } from './page.ts';
export { problemPage } from './problem-page.ts';
