/**
 * Guesses the pronunciation of an English word that is in no dictionary.
 * Rules after Elovitz, Johnson, McHugh, Shore: "Automatic Translation of English Text to Phonetics by Means of
 * Letter-to-Sound Rules", Naval Research Laboratory report 7948 (1976), with phonemes in the CMU dictionary's names.
 */

/**
 * Rules `left[letters]right=PHONEMES`, split by semicolons; the first that fits is used. In the contexts `_` is a word end,
 * `#` one or more vowels, `:` any number of consonants, `^` one consonant, `.` a voiced consonant, `+` one of e, i, y,
 * `%` one of the endings er, e, es, ed, ing, ely, `&` a sibilant, `@` a consonant after which long u is "oo".
 */
const ruleLines = `
[a]_=AH; _[are]_=AA R; _[ar]o=AH R; [ar]#=EH R; ^[as]#=EY S; [a]wa=AH; [aw]=AO; _:[any]=EH N IY; [a]^+#=EY
#:[ally]=AH L IY; _[al]#=AH L; [again]=AH G EH N; #:[ag]e=IH JH; [a]^+:#=AE; _:[a]^+_=EY; [a]^%=EY; _[arr]=AH R
[arr]=AE R; _:[ar]_=AA R; [ar]_=ER; [ar]=AA R; [air]=EH R; [ai]=EY; [ay]=EY; [au]=AO; #:[al]_=AH L
#:[als]_=AH L Z; [alk]=AO K; [al]^=AO L; _:[able]=EY B AH L; [able]=AH B AH L; [ang]+=EY N JH; [a]=AE
_[be]^#=B IH; [being]=B IY IH NG; _[both]_=B OW TH; _[bus]#=B IH Z; [buil]=B IH L; [bb]=B; [b]=B
_[ch]^=K; ^e[ch]=K; [ch]=CH; _s[ci]#=S AY; [ci]a=SH; [ci]o=SH; [ci]en=SH; [cc]+=K S; [c]+=S; [ck]=K
[com]%=K AH M; [cc]=K; [c]=K
#:[ded]_=D IH D; .e[d]_=D; #:^e[d]_=T; _[de]^#=D IH; _[do]_=D UW; _[does]=D AH Z; _[doing]=D UW IH NG
_[dow]=D AW; [du]a=JH UW; [dd]=D; [dg]+=JH; [d]=D
#:[e]_=; '^:[e]_=; _:[e]_=IY; #[ed]_=D; #:[e]d_=; [ev]er=EH V; [e]^%=IY; [eri]#=IY R IY; [eri]=EH R IH
#:[er]#=ER; [er]#=EH R; [er]=ER; _[even]=IY V EH N; #:[e]w=; @[ew]=UW; [ew]=Y UW; [e]o=IY; #:&[es]_=IH Z
#:[e]s_=; #:[ely]_=L IY; #:[ement]=M EH N T; [eful]=F UH L; [ee]=IY; [earn]=ER N; _[ear]^=ER; [ead]=EH D
#:[ea]_=IY AH; [ea]su=EH; [ea]=IY; [eigh]=EY; [ei]=IY; _[eye]=AY; [ey]=IY; [eu]=Y UW; [e]=EH
[ful]=F UH L; [ff]=F; [f]=F
[giv]=G IH V; _[g]i^=G; [ge]t=G EH; su[gges]=G JH EH S; [gg]=G; _b#[g]=G; [g]+=JH; [great]=G R EY T; #[gh]=
_[gn]=N; [g]=G
_[hav]=HH AE V; _[here]=HH IY R; _[hour]=AW ER; [how]=HH AW; [h]#=HH; [h]=
_[in]=IH N; _[i]_=AY; [in]d=AY N; [ier]=IY ER; #:r[ied]=IY D; [ied]_=AY D; [ien]=IY EH N; [ie]t=AY EH; _:[i]%=AY
[i]%=IY; [ie]=IY; [i]^+:#=IH; [ir]#=AY R; [iz]%=AY Z; [is]%=AY Z; [i]d%=AY; +^[i]^+=IH; [i]t%=AY; #:^[i]^+=IH
[i]^+=AY; [ir]=ER; [igh]=AY; [ild]=AY L D; [ign]_=AY N; [ign]^=AY N; [ign]%=AY N; [ique]=IY K; [i]=IH
[j]=JH
_[k]n=; [k]=K
[lo]c#=L OW; l[l]=; #:^[l]%=AH L; [lead]=L IY D; [l]=L
[mov]=M UW V; [mm]=M; [m]=M
e[ng]+=N JH; [ng]r=NG G; [ng]#=NG G; [ngl]%=NG G AH L; [ng]=NG; [nk]=NG K; _[now]_=N AW; [nn]=N; [n]=N
[of]_=AH V; [orough]=ER OW; #:[or]_=ER; #:[ors]_=ER Z; [or]=AO R; _[one]=W AH N; [ow]_=OW; [ow]er=AW; [ow]el=AW
[ow]=OW; _[over]=OW V ER; [ov]=AH V; [o]^%=OW; [o]^en=OW; [o]^i#=OW; [ol]d=OW L; [ought]=AO T; [ough]=AH F
_[ou]=AW; h[ou]s#=AW; [ous]=AH S; [our]=AO R; [ould]=UH D; ^[ou]^l=AH; [oup]=UW P; [ou]=AW; [oy]=OY
[oing]=OW IH NG; [oi]=OY; [oor]=AO R; [ook]=UH K; [ood]=UH D; [oo]=UW; [o]e=OW; [o]_=OW; [oa]=OW
_[only]=OW N L IY; _[once]=W AH N S; [on't]=OW N T; c[o]n=AA; [o]ng=AO; _:^[o]n=AH; i[on]=AH N; #:[on]_=AH N
#^[on]=AH N; [o]st_=OW; [of]^=AO F; [other]=AH DH ER; [oss]_=AO S; #:^[om]=AH M; [o]=AA
[ph]=F; [peop]=P IY P; [pow]=P AW; [put]_=P UH T; [pp]=P; [p]=P
[quar]=K W AO R; [qu]=K W; [q]=K
_[re]^#=R IY; [rr]=R; [rh]=R; [r]=R
[sh]=SH; #[sion]=ZH AH N; [some]=S AH M; #[sur]#=ZH ER; [sur]#=SH ER; #[su]#=ZH UW; #[ssu]#=SH UW; #[sed]_=Z D
#[s]#=Z; [said]=S EH D; ^[sion]=SH AH N; [ss]=S; [s]s=; .[s]_=Z; #:.e[s]_=Z; #:^##[s]_=Z; #:^#[s]_=S; u[s]_=S
_:#[s]_=Z; _[sch]=S K; [s]c+=; #[sm]=Z M; #[sn]'=Z AH N; [s]=S
_[the]_=DH AH; [to]_=T UW; [that]_=DH AE T; _[this]_=DH IH S; _[they]=DH EY; _[there]=DH EH R; [ther]=DH ER
[their]=DH EH R; _[than]_=DH AE N; _[them]_=DH EH M; _[these]_=DH IY Z; _[then]=DH EH N; [through]=TH R UW
[those]=DH OW Z; [though]_=DH OW; _[thus]=DH AH S; [th]=TH; #:[ted]_=T IH D; s[ti]#n=CH; [ti]o=SH; [ti]a=SH
[tien]=SH AH N; [tur]#=CH ER; [tu]a=CH UW; _[two]=T UW; [tch]=CH; [tt]=T; [t]=T
_[un]i=Y UW N; _[un]=AH N; _[upon]=AH P AO N; @[ur]#=UH R; [ur]#=Y UH R; [ur]=ER; [u]^_=AH; [u]^^=AH; [uy]=AY
_g[u]#=; g[u]%=; g[u]#=W; #n[u]=Y UW; @[u]=UW; [u]=Y UW
[view]=V Y UW; [v]=V
_[were]=W ER; [wa]s=W AA; [wa]t=W AA; [where]=W EH R; [what]=W AH T; [whol]=HH OW L; [who]=HH UW; [wh]=W
[war]=W AO R; [wor]^=W ER; [wr]=R; [w]_=; [w]=W
_[x]=Z; [x]=K S
[young]=Y AH NG; _[you]=Y UW; _[yes]=Y EH S; _[y]=Y; #:^[y]_=IY; #:^[y]i=IY; _:[y]_=AY; _:[y]#=AY; _:[y]^+:#=IH
_:[y]^#=AY; [y]=IH
[zz]=Z; [z]=Z
`;

const contexts: Readonly<Record<string, string>> = {
  '#': '[aeiouy]+',
  ':': '[^aeiouy]*',
  '^': '[^aeiouy]',
  '.': '[bdvgjlmnrwz]',
  '+': '[eiy]',
  '%': '(?:ers?|es?|ed|ing|ely)',
  '&': '(?:[scgzxj]|ch|sh)',
  '@': '(?:[tsrdlznj]|th|ch|sh)',
};

interface Rule {
  readonly letters: string;
  readonly left: RegExp;
  readonly right: RegExp;
  readonly phonemes: readonly string[];
}

const rulesByLetter = new Map<string, Rule[]>();
for (const line of ruleLines.trim().split(/;\s|\n/)) {
  const [, left = '', letters = '', right = '', phonemes = ''] = /^(.*)\[(.+)\](.*)=(.*)$/.exec(line) ?? [];
  const pattern = (context: string, wordEnd: string) =>
    [...context].map((mark) => (mark === '_' ? wordEnd : (contexts[mark] ?? mark))).join('');
  const rule: Rule = {
    letters,
    left: new RegExp(`${pattern(left, "(?:^|')")}$`),
    right: new RegExp(`^${pattern(right, "(?:$|')")}${right.endsWith('%') ? '$' : ''}`),
    phonemes: phonemes.split(' ').filter((phoneme) => phoneme !== ''),
  };
  const first = letters.charAt(0);
  rulesByLetter.set(first, [...(rulesByLetter.get(first) ?? []), rule]);
}

const letterSounds: Readonly<Record<string, string>> = {
  ...{ a: 'EY', b: 'B IY', c: 'S IY', d: 'D IY', e: 'IY', f: 'EH F', g: 'JH IY', h: 'EY CH', i: 'AY', j: 'JH EY' },
  ...{ k: 'K EY', l: 'EH L', m: 'EH M', n: 'EH N', o: 'OW', p: 'P IY', q: 'K Y UW', r: 'AA R', s: 'EH S', t: 'T IY' },
  ...{ u: 'Y UW', v: 'V IY', w: 'D AH B AH L Y UW', x: 'EH K S', y: 'W AY', z: 'Z IY' },
};

/** Phonemes (CMU names without stress) of a word of letters a to z and apostrophes. Words without vowels are spelled. */
export function guessPhonemes(word: string): string[] {
  const letters = word.toLowerCase().replace(/[^a-z']/g, '');
  const bare = letters.replaceAll("'", '');
  if (bare.length === 1 || !/[aeiouy]/.test(bare)) {
    return [...bare].flatMap((letter) => (letterSounds[letter] ?? '').split(' '));
  }
  const phonemes: string[] = [];
  let at = 0;
  while (at < letters.length) {
    const rule = rulesByLetter
      .get(letters.charAt(at))
      ?.find(
        (candidate) =>
          letters.startsWith(candidate.letters, at) &&
          candidate.left.test(letters.slice(0, at)) &&
          candidate.right.test(letters.slice(at + candidate.letters.length)),
      );
    phonemes.push(...(rule?.phonemes ?? []));
    at += rule?.letters.length ?? 1;
  }
  return phonemes;
}
