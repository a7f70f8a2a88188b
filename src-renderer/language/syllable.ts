/**
 * Pinyin syllables as letters and tone. Letters are a to z with v for ü (so that lü and lu differ); tones are 1 to 4,
 * 5 for the neutral tone and 0 where none is known.
 */
export interface Syllable {
  readonly letters: string;
  readonly tone: number;
}

const toneOfMark: Readonly<Record<string, number>> = { "\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4 };
const diaeresis = "\u0308";

/** Pinyin as typed, letter by letter: its letters, the tone given at each (0 = none) and where a break was written. */
export interface SpelledPinyin {
  readonly letters: string;
  readonly tones: readonly number[];
  /** Indexes into `letters` before which a space, apostrophe, hyphen or tone number stood. */
  readonly breaks: ReadonlySet<number>;
}

/** Every syllable seen so far: there are some 1,600 of them, and taking one apart is slow. */
const syllables = new Map<string, Syllable>();

/** A syllable with a tone mark, as pinyin-pro writes it. */
export function toSyllable(marked: string): Syllable {
  const known = syllables.get(marked);
  if (known !== undefined) return known;
  const { letters, tones } = spell(marked);
  const syllable = { letters, tone: tones.find((tone) => tone > 0) ?? 5 };
  syllables.set(marked, syllable);
  return syllable;
}

/** Reads pinyin with tone marks or tone numbers (0 and 5: neutral), with ü, v or u:. Other characters are breaks. */
export function spell(text: string): SpelledPinyin {
  const tones: number[] = [];
  const breaks = new Set<number>();
  let letters = "";
  for (const character of text.toLowerCase().normalize("NFD").replaceAll("u:", "v")) {
    const tone = toneOfMark[character] ?? toneOfDigit(character);
    if (character >= "a" && character <= "z") {
      letters += character;
      tones.push(0);
    } else if (tone !== undefined && letters !== "") {
      tones[letters.length - 1] = tone;
      if (character >= "0" && character <= "9") breaks.add(letters.length);
    } else if (character === diaeresis && letters.endsWith("u")) {
      letters = `${letters.slice(0, -1)}v`;
    } else if (character !== "\u0302") {
      breaks.add(letters.length);
    }
  }
  return { letters, tones, breaks };
}

function toneOfDigit(character: string): number | undefined {
  if (character >= "1" && character <= "5") return Number(character);
  return character === "0" ? 5 : undefined;
}

/** The ways one syllable is typed: lü as lv, lu and lyu (passports), lüe as lve, lue and lyue. */
export function spellings(letters: string): readonly string[] {
  if (!letters.includes("v")) return [letters];
  return [letters, letters.replace("v", "u"), letters.replace("v", "yu")];
}

const initials = ["zh", "ch", "sh", ...Array.from("bpmfdtnlgkhjqxrzcsyw"), ""];
const finals = (
  "a o e i u v ai ei ao ou an en ang eng ong er ia ie iao iu ian in iang ing iong " +
  "ua uo uai ui uan un uang ue ve yu yue ueng io"
).split(" ");
const plausible: ReadonlySet<string> = new Set(
  initials.flatMap((initial) => finals.map((final) => initial + final)).concat("m", "n", "ng", "hm", "hng", "ei"),
);

/**
 * Cuts spelled pinyin into as many syllables as there are characters, preferring the known readings of each character;
 * undefined where that cannot be done (too few or too many syllables, letters that are no pinyin).
 */
export function cutSyllables(
  { letters, tones, breaks }: SpelledPinyin,
  known: readonly (readonly Syllable[])[],
): readonly Syllable[] | undefined {
  const dead = new Set<number>();
  const cut: Syllable[] = [];
  const total = known.length;

  function place(character: number, start: number): boolean {
    if (character === total) return start === letters.length;
    const state = character * (letters.length + 1) + start;
    if (dead.has(state)) return false;
    for (const length of lengths(character, start)) {
      const marked = tones.slice(start, start + length).find((tone) => tone > 0) ?? 0;
      cut.push({ letters: letters.slice(start, start + length), tone: marked });
      if (place(character + 1, start + length)) return true;
      cut.pop();
    }
    dead.add(state);
    return false;
  }

  /** Lengths a syllable may have here: first those of known readings, then every other plausible one, longest first. */
  function lengths(character: number, start: number): readonly number[] {
    const found = new Set<number>();
    for (const reading of known[character] ?? []) {
      for (const spelling of spellings(reading.letters)) {
        if (letters.startsWith(spelling, start) && !isBroken(start, spelling.length)) found.add(spelling.length);
      }
    }
    for (let length = 6; length >= 1; length--) {
      if (start + length > letters.length || isBroken(start, length)) continue;
      if (plausible.has(letters.slice(start, start + length))) found.add(length);
    }
    return [...found];
  }

  function isBroken(start: number, length: number): boolean {
    for (let index = start + 1; index < start + length; index++) if (breaks.has(index)) return true;
    return false;
  }

  return total > 0 && place(0, 0) ? cut : undefined;
}
