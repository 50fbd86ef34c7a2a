import { renderSVG } from 'uqr';
import { Picture } from './primitives';

interface QrCodeProps {
  readonly text: string;
  /** What it is for, in words. */
  readonly alt: string;
}

/** A QR code as a picture: dark on white with its quiet border, so that an old scanner reads it from a dim screen. */
export function QrCode({ text, alt }: QrCodeProps) {
  const svg = renderSVG(text, { ecc: 'M', border: 3 });
  return <Picture className="qr" src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={alt} />;
}
