import { useLanguage } from '../../../i18n';
import type { Language } from '../../../services/settings.ts';
import { en } from './en.ts';
import { type DutyWords, zh } from './zh.ts';

const words: Readonly<Record<Language, DutyWords>> = { zh, en };

/** The words of the pages of those on duty, in the person's language; what others see as well is in `i18n`. */
export const useDutyWords = (): DutyWords => words[useLanguage()];
