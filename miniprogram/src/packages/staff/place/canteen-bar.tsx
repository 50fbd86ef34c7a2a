import { useState } from 'react';
import type { CanteenView } from '../../../../../shared/contracts/canteens.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { TextField } from '../../../components/field.tsx';
import { Box } from '../../../components/primitives';
import { useWords } from '../../../i18n';
import { useStaffWords } from '../words';

/** From so many on, a list is searched rather than read. */
const MANY = 8;

interface CanteenBarProps {
  readonly canteens: readonly CanteenView[];
  readonly value: CanteenView;
  readonly onChange: (canteenId: string) => void;
}

/** The canteen that the page is about, and the others on demand. */
export function CanteenBar({ canteens, value, onChange }: CanteenBarProps) {
  const words = useWords();
  const staff = useStaffWords();
  const [choosing, setChoosing] = useState(false);
  const [find, setFind] = useState('');
  if (canteens.length === 1) return <Box className="soft desk-one no-print">{value.name}</Box>;
  const found = canteens.filter((one) => one.name.includes(find.trim()) || one.address.includes(find.trim()));
  return (
    <Box className="desk-bar no-print">
      <Box className="row row--apart">
        <Box className="grow">
          <Box className="strong">{value.name}</Box>
          <Box className="soft small">{value.address}</Box>
        </Box>
        <Box className="desk-bar__button">
          <Button onTap={() => setChoosing(!choosing)}>{choosing ? staff.stay : words.order.otherCanteen}</Button>
        </Box>
      </Box>
      {choosing ? (
        <Box className="stack section">
          {canteens.length > MANY ? (
            <TextField id="find-canteen" label={staff.findCanteen} value={find} onChange={setFind} />
          ) : null}
          <Choice
            grid
            name="canteen"
            label={words.order.canteen}
            value={value.canteenId}
            onChange={(canteenId) => {
              setChoosing(false);
              onChange(canteenId);
            }}
            items={found.map((one) => ({ value: one.canteenId, title: one.name, text: one.address }))}
          />
        </Box>
      ) : null}
    </Box>
  );
}
