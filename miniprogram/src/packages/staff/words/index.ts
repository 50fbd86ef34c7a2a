import { useLanguage } from '../../../i18n';
import type { Language } from '../../../services/settings.ts';
import { en } from './en.ts';
import { type StaffWords, zh } from './zh.ts';

const words: Readonly<Record<Language, StaffWords>> = { zh, en };

/** The words of the desk pages, in the person's language; what families see as well is in `i18n`. */
export const useStaffWords = (): StaffWords => words[useLanguage()];
