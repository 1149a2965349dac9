export { menuOf } from './menu.ts';
export { vocabularyOf } from './vocabulary.ts';
