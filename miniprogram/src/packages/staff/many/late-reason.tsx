import { TextField } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Box } from '../../../components/primitives';
import { useWords } from '../../../i18n';
import { useStaffWords } from '../words';

interface LateReasonProps {
  readonly value: string;
  readonly onChange: (reason: string) => void;
}

/** After closing time staff order with a reason. */
export function LateReason({ value, onChange }: LateReasonProps) {
  const words = useWords();
  const staff = useStaffWords();
  return (
    <Box className="section">
      <Notice tone="waiting" title={words.order.closed}>
        {staff.order.lateText}
      </Notice>
      <TextField
        id="reason"
        label={staff.order.reason}
        help={staff.order.reasonHelp}
        wrong={value.trim() === '' ? staff.order.missing.reason : undefined}
        maxLength={200}
        value={value}
        onChange={onChange}
      />
    </Box>
  );
}
