import type { FunctionComponent, ReactNode } from 'react';

/** What every element can carry. `label` is what a screen reader says instead of the content. */
export interface Common {
  readonly className?: string | undefined;
  readonly id?: string | undefined;
  readonly label?: string | undefined;
  readonly children?: ReactNode;
}

export interface BoxProps extends Common {
  /** `alert` is read out at once, `status` when the reader pauses. */
  readonly role?:
    | 'main'
    | 'navigation'
    | 'banner'
    | 'region'
    | 'group'
    | 'radiogroup'
    | 'list'
    | 'listitem'
    | 'status'
    | 'alert'
    | 'img'
    | undefined;
  /** Seen but not read out: the same is said in words beside it. */
  readonly decorative?: boolean | undefined;
  readonly style?: Readonly<Record<string, string>> | undefined;
  /** What it holds is wider than a phone and moves under the finger; on the web the arrow keys move it as well. Give it a label. */
  readonly scrolls?: boolean | undefined;
}

interface HeadingProps extends Common {
  readonly level: 1 | 2 | 3;
}

interface TapProps extends Common {
  readonly onTap: () => void;
  readonly disabled?: boolean | undefined;
  readonly role?: 'button' | 'link' | 'tab' | undefined;
  readonly expanded?: boolean | undefined;
  readonly pressed?: boolean | undefined;
  /** The page or step where the person is. */
  readonly current?: boolean | undefined;
}

/** WeChat's own button for the number that it has verified. `onNumber` gets a code, for the server to ask with. */
interface NumberTapProps extends Common {
  readonly onNumber: (code: string) => void;
}

/** A button that is held down. `onTap` is for keyboard and screen reader, which cannot hold, and for a short touch. */
interface HoldProps extends Common {
  readonly onStart: () => void;
  /** Let go, slid off with the mouse, or taken away by the system. */
  readonly onStop: () => void;
  readonly onTap: () => void;
}

interface OptionProps extends Common {
  readonly kind: 'radio' | 'checkbox';
  /** Radios of one name exclude each other. */
  readonly name: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean | undefined;
}

export interface TextBoxProps extends Common {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** `digits` and `phone` bring up the keypad of figures. */
  readonly kind?: 'line' | 'area' | 'digits' | 'phone' | 'code' | undefined;
  readonly placeholder?: string | undefined;
  readonly maxLength?: number | undefined;
  readonly disabled?: boolean | undefined;
  readonly invalid?: boolean | undefined;
  /** Id of the text that helps or says what is wrong. */
  readonly describedBy?: string | undefined;
}

interface PictureProps extends Common {
  readonly src: string;
  /** What the picture shows; empty when the words beside it say the same. */
  readonly alt: string;
}

interface FormProps extends Common {
  readonly onSubmit: () => void;
}

interface CellProps extends Common {
  readonly span?: number | undefined;
  readonly scope?: 'col' | 'row' | undefined;
}

/**
 * The few elements of which every page is made. On the web they are HTML's own (`button`, `input`, `h1`, `table`), so keyboard and
 * screen reader work without help; in WeChat they are its views with role and label.
 */
export interface Primitives {
  readonly Box: FunctionComponent<BoxProps>;
  readonly Words: FunctionComponent<Common>;
  readonly Heading: FunctionComponent<HeadingProps>;
  readonly Tap: FunctionComponent<TapProps>;
  readonly NumberTap: FunctionComponent<NumberTapProps>;
  readonly Hold: FunctionComponent<HoldProps>;
  readonly Option: FunctionComponent<OptionProps>;
  readonly TextBox: FunctionComponent<TextBoxProps>;
  readonly Picture: FunctionComponent<PictureProps>;
  readonly Form: FunctionComponent<FormProps>;
  readonly Table: FunctionComponent<Common>;
  readonly TableHead: FunctionComponent<Common>;
  readonly TableBody: FunctionComponent<Common>;
  readonly TableRow: FunctionComponent<Common>;
  readonly HeadCell: FunctionComponent<CellProps>;
  readonly Cell: FunctionComponent<CellProps>;
}
