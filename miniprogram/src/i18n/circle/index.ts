import type { Language } from '../../services/settings.ts';
import { useLanguage } from '../index.ts';
import { en } from './en.ts';
import { type CircleWords, zh } from './zh.ts';

const words: Readonly<Record<Language, CircleWords>> = { zh, en };

export const useCircleWords = (): CircleWords => words[useLanguage()];
