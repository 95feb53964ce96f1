import { type Evident, evidenceOf } from './card.ts';
import type { Warning } from './report.ts';

/** Information lost by one direction that is worth a word, outright and as a share of what there is. */
const LOST = 0.02;
const LOST_SHARE = 0.25;

/** Numbers whose close rate goes up and down again, so that keeping them to one direction costs what they know. */
export function bentShapes(evidence: readonly Evident[], won: Uint8Array, rows: Int32Array): Warning[] {
  return evidence.flatMap(({ attribute, iv, byChance }) => {
    const { name, kind } = attribute;
    if (kind !== 'number') return [];
    const bent = evidenceOf(attribute, won, rows, new Set([name]));
    const lost = bent.iv - bent.byChance - (iv - byChance);
    if (lost < Math.max(LOST, LOST_SHARE * bent.iv)) return [];
    return [
      {
        code: 'shape',
        message: `"${name}" goes up and down again: kept to one direction it holds ${iv.toFixed(2)} of ${bent.iv.toFixed(2)} of its information. If you can say why it bends, let it take any shape.`,
      },
    ];
  });
}
