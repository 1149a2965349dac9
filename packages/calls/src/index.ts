export { type NormalisedNumber, normaliseNumber } from './numbers.ts';
