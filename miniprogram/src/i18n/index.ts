import type { Bilingual } from '../../../shared/values/text.ts';
import { type Language, settingsStore } from '../services/settings.ts';
import { useStore } from '../services/store.ts';
import { en } from './en.ts';
import { type Words, zh } from './zh.ts';

const words: Readonly<Record<Language, Words>> = { zh, en };

export const useLanguage = (): Language => useStore(settingsStore).language;
/** The words of the person's language. */
export const useWords = (): Words => words[useLanguage()];
/** What the server says in both languages, in the person's. */
export const useSay = (): ((text: Bilingual) => string) => {
  const language = useLanguage();
  return (text) => text[language];
};
