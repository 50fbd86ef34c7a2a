import type { Language } from '../../services/settings.ts';
import { useLanguage } from '../index.ts';
import { en } from './en.ts';
import { type AlertWords, zh } from './zh.ts';

const words: Readonly<Record<Language, AlertWords>> = { zh, en };

export const useAlertWords = (): AlertWords => words[useLanguage()];
