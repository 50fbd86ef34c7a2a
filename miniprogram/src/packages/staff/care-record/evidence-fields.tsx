import { useState } from 'react';
import type { RefusalDetail } from '../../../../../shared/contracts/refusal.ts';
import { TextField } from '../../../components/field.tsx';
import { useLanguage, useWords } from '../../../i18n';
import { readDate } from '../dates.ts';
import { useStaffWords } from '../words';

export interface EvidenceDraft {
  readonly kind: string;
  readonly number: string;
  readonly issuedOn: string;
}

/** The evidence to send; undefined where the kind of paper is missing, or the day is no day. */
export function evidenceOf({ kind, number, issuedOn }: EvidenceDraft) {
  const day = issuedOn.trim() === '' ? undefined : readDate(issuedOn);
  if (kind.trim() === '' || (issuedOn.trim() !== '' && day === undefined)) return undefined;
  return {
    kind: kind.trim(),
    ...(number.trim() === '' ? {} : { number: number.trim() }),
    ...(day === undefined ? {} : { issuedOn: day }),
  };
}

interface EvidenceFieldsProps {
  readonly id: string;
  readonly value: EvidenceDraft;
  readonly onChange: (change: Partial<EvidenceDraft>) => void;
  readonly wrong: ReadonlyMap<string, string>;
}

/** What was seen as proof. */
export function EvidenceFields({ id, value, onChange, wrong }: EvidenceFieldsProps) {
  const words = useWords();
  const staff = useStaffWords();
  return (
    <>
      <TextField
        id={`${id}-kind`}
        label={staff.care.paper}
        help={staff.care.paperHelp}
        maxLength={40}
        value={value.kind}
        wrong={wrong.get('evidence.kind')}
        onChange={(kind) => onChange({ kind })}
      />
      <TextField
        id={`${id}-number`}
        label={`${staff.care.paperNumber} · ${words.optional}`}
        maxLength={60}
        value={value.number}
        wrong={wrong.get('evidence.number')}
        onChange={(number) => onChange({ number })}
      />
      <TextField
        id={`${id}-issued`}
        label={`${staff.care.issuedOn} · ${words.optional}`}
        help={staff.dateHelp}
        value={value.issuedOn}
        wrong={wrong.get('evidence.issuedOn')}
        onChange={(issuedOn) => onChange({ issuedOn })}
      />
    </>
  );
}

/** What is wrong with which field of a form, by the path in its body: found here, or told by the API. */
export function useWrongFields(fallback: string) {
  const language = useLanguage();
  const [wrong, setWrong] = useState<ReadonlyMap<string, string>>(new Map());
  return {
    wrong,
    say: (fields: Readonly<Record<string, string | undefined>>): boolean => {
      const found = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined);
      setWrong(new Map(found));
      return found.length > 0;
    },
    told: (details: readonly RefusalDetail[] | undefined) =>
      setWrong(
        new Map(
          (details ?? []).map(({ path = '', message, zh }) => [
            path.replace(/^body\./, ''),
            (language === 'zh' ? (typeof zh === 'string' ? zh : undefined) : message) ?? fallback,
          ]),
        ),
      ),
  };
}
