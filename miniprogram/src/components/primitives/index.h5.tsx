import type { HTMLAttributes, KeyboardEvent } from 'react';
import type { BoxProps, Common, Primitives } from './types.ts';

/** `base` takes away what the browser adds to its own elements (theme/base.css). */
const common = ({ className, id, label }: Common, base = ''): HTMLAttributes<HTMLElement> => ({
  ...(className || base ? { className: [base, className].filter(Boolean).join(' ') } : {}),
  ...(id === undefined ? {} : { id }),
  ...(label === undefined ? {} : { 'aria-label': label }),
});

const TAG = { main: 'main', navigation: 'nav', banner: 'header', list: 'ul', listitem: 'li' } as const;

const INPUT_TYPE = { line: 'text', digits: 'text', phone: 'tel', code: 'text' } as const;

const elements = {
  Box({ role, decorative, style, scrolls, children, ...rest }: BoxProps) {
    const Tag = role !== undefined && role in TAG ? TAG[role as keyof typeof TAG] : 'div';
    return (
      <Tag
        {...common(rest, Tag === 'ul' || Tag === 'li' ? 'plain' : '')}
        {...(role !== undefined && Tag === 'div' ? { role } : {})}
        {...(decorative ? { 'aria-hidden': true } : {})}
        {...(scrolls ? { tabIndex: 0 } : {})}
        {...(style ? { style } : {})}
      >
        {children}
      </Tag>
    );
  },
  Words: ({ children, ...rest }) => <span {...common(rest)}>{children}</span>,
  Heading({ level, children, ...rest }) {
    const Tag = `h${level}` as 'h1' | 'h2' | 'h3';
    // The page's title can be given the focus when the page opens; it is no stop on the way of the Tab key.
    return (
      <Tag {...common(rest, 'plain')} {...(level === 1 ? { tabIndex: -1 } : {})}>
        {children}
      </Tag>
    );
  },
  Tap({ onTap, disabled, role = 'button', expanded, pressed, current, children, ...rest }) {
    return (
      <button
        type="button"
        {...common(rest, 'tap')}
        {...(role === 'button' ? {} : { role })}
        {...(role === 'tab'
          ? { 'aria-selected': current === true }
          : current
            ? { 'aria-current': 'page' as const }
            : {})}
        aria-expanded={expanded}
        aria-pressed={pressed}
        aria-disabled={disabled}
        onClick={() => {
          if (!disabled) onTap();
        }}
      >
        {children}
      </button>
    );
  },
  /** The web has none. */
  NumberTap: () => null,
  Hold: ({ onStart, onStop, onTap, children, ...rest }) => (
    <button
      type="button"
      {...common(rest, 'tap')}
      onPointerDown={(event) => {
        if (event.button === 0) onStart();
      }}
      onPointerUp={onStop}
      onPointerCancel={onStop}
      onPointerLeave={onStop}
      onContextMenu={(event) => event.preventDefault()}
      onClick={onTap}
    >
      {children}
    </button>
  ),
  Option({ kind, name, checked, onChange, disabled, label, className, id, children }) {
    return (
      <label className={className} id={id}>
        <input
          type={kind}
          name={name}
          checked={checked}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked)}
          className="option__input"
          {...(label === undefined ? {} : { 'aria-label': label })}
        />
        {children}
      </label>
    );
  },
  TextBox({
    value,
    onChange,
    kind = 'line',
    placeholder,
    maxLength,
    disabled,
    invalid,
    describedBy,
    label,
    className,
    id,
  }) {
    const shared = {
      id,
      className,
      value,
      placeholder,
      maxLength,
      disabled,
      'aria-label': label,
      'aria-invalid': invalid ? true : undefined,
      'aria-describedby': describedBy,
    };
    if (kind === 'area') return <textarea {...shared} rows={3} onChange={(event) => onChange(event.target.value)} />;
    return (
      <input
        {...shared}
        type={INPUT_TYPE[kind]}
        inputMode={kind === 'line' ? 'text' : kind === 'phone' ? 'tel' : 'numeric'}
        autoComplete={kind === 'code' ? 'one-time-code' : kind === 'phone' ? 'tel' : 'off'}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  },
  Picture: ({ src, alt, className }) => <img className={className} src={src} alt={alt} />,
  Form({ onSubmit, children, ...rest }) {
    // Enter in a field sends, as people expect of a form; the button stands outside, at the bottom of the page.
    const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
      if (event.key === 'Enter' && event.target instanceof HTMLInputElement && event.target.type !== 'checkbox') {
        event.preventDefault();
        onSubmit();
      }
    };
    return (
      <form {...common(rest)} noValidate onSubmit={(event) => event.preventDefault()} onKeyDown={onKeyDown}>
        {children}
      </form>
    );
  },
  Table: ({ children, label, ...rest }) => (
    <table {...common(rest)}>
      {label === undefined ? null : <caption className="visually-hidden">{label}</caption>}
      {children}
    </table>
  ),
  TableHead: ({ children, ...rest }) => <thead {...common(rest)}>{children}</thead>,
  TableBody: ({ children, ...rest }) => <tbody {...common(rest)}>{children}</tbody>,
  TableRow: ({ children, ...rest }) => <tr {...common(rest)}>{children}</tr>,
  HeadCell: ({ children, scope = 'col', span, ...rest }) => (
    <th {...common(rest)} scope={scope} colSpan={span}>
      {children}
    </th>
  ),
  Cell: ({ children, span, scope: _scope, ...rest }) => (
    <td {...common(rest)} colSpan={span}>
      {children}
    </td>
  ),
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
