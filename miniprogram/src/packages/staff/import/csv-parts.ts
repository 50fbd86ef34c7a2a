/** A part of a long file, with the header; `first` is the row of the whole file at which its rows begin (the header is row 1). */
export interface CsvPart {
  readonly csv: string;
  readonly first: number;
}

/** What one request may hold: the API takes 60 000 characters and 500 rows; names in Chinese are three bytes each, and 64 KB is the most. */
const MAX_BYTES = 56_000;
const MAX_ROWS = 400;

/** UTF-8 bytes of JSON text, near enough: a quote or a line break takes two. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? ('"\\\n\r\t'.includes(char) ? 2 : 1) : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** The records of a CSV text: a line break inside quotes ends none. */
export function recordsOf(text: string): string[] {
  const records: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') quoted = !quoted;
    else if (text[at] === '\n' && !quoted) {
      records.push(text.slice(start, at).replace(/\r$/, ''));
      start = at + 1;
    }
  }
  if (start < text.length) records.push(text.slice(start));
  return records;
}

/** Cuts a file into parts that can be sent, each with the header. An empty file has no parts. */
export function csvParts(text: string): CsvPart[] {
  const [header, ...rows] = recordsOf(text.replace(/^\ufeff/, ''));
  if (header === undefined) return [];
  const parts: CsvPart[] = [];
  let lines: string[] = [];
  let bytes = bytesOf(header);
  let first = 2;
  const close = (next: number) => {
    parts.push({ csv: [header, ...lines].join('\n'), first });
    lines = [];
    bytes = bytesOf(header);
    first = next;
  };
  rows.forEach((row, index) => {
    const size = bytesOf(row) + 2;
    if (lines.length > 0 && (bytes + size > MAX_BYTES || lines.length >= MAX_ROWS)) close(index + 2);
    lines.push(row);
    bytes += size;
  });
  if (lines.length > 0 || parts.length === 0) close(0);
  return parts;
}

/** Spreadsheets in China often save GBK. What is no valid UTF-8 is read as GB18030, where the browser can. */
export function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
