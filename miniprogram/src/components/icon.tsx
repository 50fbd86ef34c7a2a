import { type Shape, shapes } from './icon-shapes.ts';
import { Box } from './primitives';

const COLOURS = {
  ink: '#1F1A17',
  soft: '#55493F',
  jade: '#0A5A57',
  amber: '#7A4A00',
  leaf: '#1E5B2A',
  cinnabar: '#A3121F',
  white: '#FFFFFF',
} as const;

interface IconProps {
  readonly shape: Shape;
  readonly colour?: keyof typeof COLOURS;
  readonly className?: string;
}

/** A drawing beside a word that says the same; never alone, and never read out. WeChat has no inline SVG, so it is a background. */
export function Icon({ shape, colour = 'jade', className = '' }: IconProps) {
  const svg = shapes[shape]
    .replace(/currentColor/g, COLOURS[colour])
    .replace(/<!--[\s\S]*?-->/, '')
    .replace(/\s+/g, ' ');
  const style = { backgroundImage: `url("data:image/svg+xml,${encodeURIComponent(svg)}")` };
  return <Box decorative className={`icon ${className}`} style={style} />;
}
