/**
 * Verbs, adverbs and adjectives of every conversation. They tell next to nothing about a subject: "leave" may be about a
 * parking car, a bus or an unhappy customer, so that it must not choose an answer alone.
 */
const commonWords = new Set(
  (
    'able about above accept across actual add afraid again against agree almost alone along already although answer appear apply ' +
    'arrange around ask away awful back bad become before begin behind believe belong below best better beyond big body both break bring ' +
    'build busy call care carry catch certain chance change check choice choose clean clear cold complete consider continue correct could ' +
    'cover cut dear decide deep depend difference different difficult do draw dress drink drive drop dry during early easy eat ' +
    'else end enjoy enough enter even exact except expect explain extra face fact fall family famous far fast favorite feel ' +
    'fill final find fine finish fit follow forget forward free full fun funny future general glad great grow guess hand handle hang happen ' +
    'happy hard hate head heavy help hold hot huge idea important inside instead interest join jump keep kind know large last late lately ' +
    'later laugh lay lead learn least leave left less let level lie life lift light like line list listen live local lose loud love low ' +
    'lucky main major make manage mark matter meet mention middle mind moment move name near need next nice night normal notice number okay once ' +
    'opposite ordinary out outside own pack pair part pass past pass pick piece place plain plan play pleasant plenty point poor popular possible ' +
    'prefer prepare pretty probably problem promise proper public pull push put quality quick quiet quite raise rather reach read ' +
    'ready real reason receive recently recommend regular relax remain remember remove repeat reply rest return rich ride rise roll round ' +
    'run rush sad safe same save see seem separate serious set several share short should side simple single sit situation sleep slow ' +
    'small smart soft solve somewhere sound speak special spend stand start state stay step stick still stop straight strange strong stuff such suddenly ' +
    'suggest suit suppose surprise sweet switch talk tall tend terrible thin think throw tie tight together top total touch toward ' +
    'travel true trust try turn type understand unfortunately usual useful various visit wait wake walk warm watch way wear week weird welcome ' +
    'whole wide willing win wish within wonder wonderful work world worry write wrong year young day days weeks months years hours minutes ' +
    'today tomorrow yesterday lately person man woman men women guy guys gentleman lady neighbor boyfriend girlfriend wife ' +
    'son daughter husband gave went came took made said told thought found kept saw knew brought began wrote spoke forgot lost ' +
    'aunt cousin partner stuff option options offer amount bunch couple home house everywhere'
  ).split(' '),
);

/** Takes a lower-case word as said or its base form: "leaving", "left" and "leaves" are common when listed or regular. */
export const isCommonWord = (word: string): boolean =>
  commonWords.has(word) || baseForms(word).some((base) => commonWords.has(base));

/** What a regular ending may have been added to. */
function baseForms(word: string): string[] {
  const ending = /(?:ies|es|s|ied|ed|ing|ly|er|est)$/.exec(word)?.[0];
  if (ending === undefined || word.length - ending.length < 2) return [];
  const rest = word.slice(0, -ending.length);
  const undoubled = /([bdgmnprt])\1$/.test(rest) ? [rest.slice(0, -1)] : [];
  return [rest, `${rest}e`, `${rest}y`, ...undoubled];
}
