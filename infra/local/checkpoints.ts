import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * How far each stream has been delivered, and when each schedule last ran, in one file. Written after the work is done: what
 * a crash interrupts is done again (at least once), never left out.
 */
export class Checkpoints {
  readonly #file: string;
  readonly #values: Record<string, string>;
  #isDirty = false;

  constructor(data: string) {
    this.#file = join(data, 'checkpoints.json');
    this.#values = existsSync(this.#file)
      ? (JSON.parse(readFileSync(this.#file, 'utf8')) as Record<string, string>)
      : {};
  }

  get(key: string): string | undefined {
    return this.#values[key];
  }

  /** Keeps a value; it reaches the disk within a quarter of a second. */
  set(key: string, value: string): void {
    this.#values[key] = value;
    if (this.#isDirty) return;
    this.#isDirty = true;
    setTimeout(() => this.flush(), 250).unref();
  }

  flush(): void {
    if (!this.#isDirty) return;
    this.#isDirty = false;
    const temporary = `${this.#file}.new`;
    writeFileSync(temporary, JSON.stringify(this.#values));
    renameSync(temporary, this.#file);
  }
}
