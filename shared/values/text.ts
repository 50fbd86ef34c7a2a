import * as z from 'zod/mini';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** Whether the text can be stored, printed and shown: whole characters and no control characters. */
const isPlain = (text: string): boolean => text.isWellFormed() && !CONTROL.test(text);

/** One line of text that a person typed: not blank, `max` UTF-16 units at most, no control characters, no unpaired surrogates. */
export const line = (max: number) =>
  z.string().check(
    z.minLength(1),
    z.maxLength(max),
    z.refine((text) => isPlain(text) && text.trim() === text, {
      error: 'control characters, unpaired surrogates and blanks at the ends are refused',
    }),
  );

/** The same words in the two languages that Anxin speaks. */
export const Bilingual = z.strictObject({ zh: line(400), en: line(400) });
export type Bilingual = z.infer<typeof Bilingual>;
