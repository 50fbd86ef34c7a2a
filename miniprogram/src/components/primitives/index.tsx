import { Button, Image, Input, Text, Textarea, View } from '@tarojs/components';
import type { Common, Primitives } from './types.ts';

type Given = Record<string, string | boolean | number | undefined>;

/** Attributes that are really there: WeChat prints `undefined` as a word. `config/keep-aria.js` carries role and aria-*. */
function only(given: Given): Record<string, string | boolean | number> {
  const kept: Record<string, string | boolean | number> = {};
  for (const [key, value] of Object.entries(given)) if (value !== undefined) kept[key] = value;
  return kept;
}

const common = ({ className, id, label }: Common, more: Given = {}) =>
  only({ className, id, 'aria-label': label, ...more });

const INPUT_TYPE = { line: 'text', digits: 'number', phone: 'number', code: 'number' } as const;
/** WeChat's reader announces these roles. */
const spoken = (role: string | undefined): string | undefined =>
  role !== undefined && ['navigation', 'radiogroup', 'status', 'alert', 'img', 'list', 'listitem'].includes(role)
    ? role
    : undefined;

const elements = {
  Box({ role, decorative, style, scrolls: _, children, ...rest }) {
    return (
      <View
        {...common(rest, {
          role: spoken(role),
          'aria-hidden': decorative,
          'aria-live': role === 'alert' ? 'assertive' : undefined,
        })}
        {...(style ? { style } : {})}
      >
        {children}
      </View>
    );
  },
  Words: ({ children, ...rest }) => <Text {...common(rest)}>{children}</Text>,
  Heading: ({ level, children, ...rest }) => (
    <View {...common(rest, { role: 'heading', 'aria-level': level })}>{children}</View>
  ),
  Tap({ onTap, disabled, role = 'button', expanded, pressed, current, children, ...rest }) {
    return (
      <View
        {...common(rest, {
          role,
          'aria-disabled': disabled,
          'aria-expanded': expanded,
          'aria-pressed': pressed,
          'aria-selected': current,
          hoverClass: disabled ? 'none' : 'tap--held',
        })}
        onClick={() => {
          if (!disabled) onTap();
        }}
      >
        {children}
      </View>
    );
  },
  NumberTap: ({ onNumber, children, className, ...rest }) => (
    <Button
      {...common({ ...rest, className: `wx-button ${className ?? ''}` })}
      openType="getPhoneNumber"
      // Refused, or an account that WeChat does not let: then there is no code, and the other way stands below.
      onGetPhoneNumber={({ detail: { code } }: { detail: { code?: string } }) => {
        if (code) onNumber(code);
      }}
    >
      {children}
    </Button>
  ),
  Hold: ({ onStart, onStop, onTap, children, ...rest }) => (
    <View
      {...common(rest, { role: 'button', hoverClass: 'none' })}
      onTouchStart={onStart}
      onTouchEnd={onStop}
      onTouchCancel={onStop}
      // A finger that trembles must not scroll the page away from under itself.
      catchMove
      onClick={onTap}
    >
      {children}
    </View>
  ),
  Option({ kind, checked, onChange, disabled, name: _name, children, ...rest }) {
    return (
      <View
        {...common(rest, { role: kind, 'aria-checked': checked, 'aria-disabled': disabled })}
        onClick={() => {
          if (!disabled && (kind === 'checkbox' || !checked)) onChange(!checked);
        }}
      >
        {children}
      </View>
    );
  },
  TextBox({ value, onChange, kind = 'line', placeholder, maxLength, disabled, describedBy: _, invalid: __, ...rest }) {
    const shared = common(rest, { value, placeholder, disabled, maxlength: maxLength ?? 200 });
    const onInput = (event: { detail: { value: string } }) => onChange(event.detail.value);
    if (kind === 'area') return <Textarea {...shared} autoHeight onInput={onInput} />;
    return <Input {...shared} type={INPUT_TYPE[kind]} onInput={onInput} />;
  },
  Picture: ({ src, alt, className }) => (
    <Image
      {...only({ className, 'aria-label': alt || undefined, 'aria-hidden': alt === '' || undefined })}
      src={src}
      mode="aspectFit"
    />
  ),
  Form: ({ onSubmit: _, children, ...rest }) => <View {...common(rest)}>{children}</View>,
  Table: ({ children, ...rest }) => (
    <View {...common(rest, { className: `table ${rest.className ?? ''}` })}>{children}</View>
  ),
  TableHead: ({ children, className }) => <View className={`table__head ${className ?? ''}`}>{children}</View>,
  TableBody: ({ children, className }) => <View className={`table__body ${className ?? ''}`}>{children}</View>,
  TableRow: ({ children, className }) => <View className={`table__row ${className ?? ''}`}>{children}</View>,
  HeadCell: ({ children, className }) => (
    <View className={`table__cell table__cell--head ${className ?? ''}`}>{children}</View>
  ),
  Cell: ({ children, className }) => <View className={`table__cell ${className ?? ''}`}>{children}</View>,
} satisfies Primitives;

export const {
  Box,
  Words,
  Heading,
  Tap,
  Hold,
  NumberTap,
  Option,
  TextBox,
  Picture,
  Form,
  Table,
  TableHead,
  TableBody,
  TableRow,
  HeadCell,
  Cell,
}: Primitives = elements;
