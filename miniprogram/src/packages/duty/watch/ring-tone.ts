/** Two notes in turn, then a rest: heard through talk, and unlike a telephone. Hertz, seconds. */
const NOTES = [880, 660, 880, 660] as const;
const NOTE_S = 0.3;
const REST_S = 0.8;
/** Each note swells and fades for so long, so that it does not click. */
const EDGE_S = 0.02;
const LOUD = 0.6;

/** One round of the ring, to be played again and again: samples between −1 and 1. */
export function ringTone(samplesPerSecond: number): Float32Array {
  const samples = new Float32Array(Math.round((NOTES.length * NOTE_S + REST_S) * samplesPerSecond));
  const perNote = Math.round(NOTE_S * samplesPerSecond);
  NOTES.forEach((hertz, place) => {
    for (let i = 0; i < perNote; i += 1) {
      const at = i / samplesPerSecond;
      const edge = Math.min(1, at / EDGE_S, (NOTE_S - at) / EDGE_S);
      samples[place * perNote + i] = Math.sin(2 * Math.PI * hertz * at) * edge * LOUD;
    }
  });
  return samples;
}

const WAV_HEADER = 44;

/** Samples as a WAV file: one channel, 8 bit. */
export function wavOf(samples: Float32Array, samplesPerSecond: number): ArrayBuffer {
  const file = new ArrayBuffer(WAV_HEADER + samples.length);
  const view = new DataView(file);
  const text = (at: number, word: string) => {
    for (let i = 0; i < word.length; i += 1) view.setUint8(at + i, word.charCodeAt(i));
  };
  text(0, 'RIFF');
  view.setUint32(4, WAV_HEADER - 8 + samples.length, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, samplesPerSecond, true);
  view.setUint32(28, samplesPerSecond, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  text(36, 'data');
  view.setUint32(40, samples.length, true);
  for (let i = 0; i < samples.length; i += 1)
    view.setUint8(WAV_HEADER + i, Math.round(((samples[i] ?? 0) + 1) * 127.5));
  return file;
}
