import { describe, expect, it } from 'vitest';
import { breakEven, capacityOf, fullCut, safeCut, thresholdOf } from './threshold.ts';

const weekly = [
  { from: 80, leads: 30 },
  { from: 70, leads: 40 },
  { from: 60, leads: 60 },
  { from: 50, leads: 90 },
];

describe('a threshold from capacity', () => {
  it('is the worked example of the methods', () => {
    expect(capacityOf(4, 25)).toBe(100);
    expect(safeCut(weekly, 100)).toEqual({ score: 70, leads: 70, use: 0.7 });
    expect(fullCut(weekly, 100)).toBe(65);
  });

  it('is the lowest bound where there is room for all, and none where even the best are too many', () => {
    expect(safeCut(weekly, 500)!.score).toBe(50);
    expect(fullCut(weekly, 500)).toBe(50);
    expect(safeCut(weekly, 20)).toBeNull();
    expect(fullCut(weekly, 20)).toBeNull();
  });
});

describe('a threshold from break-even', () => {
  it('is the cost of working a lead over the margin of a deal', () => {
    expect(breakEven(150, 10_000)).toBe(0.015);
  });

  it('gives way to capacity where that asks more, and the reverse', () => {
    expect(thresholdOf(weekly, 100, 150, 10_000)).toBe(70);
    expect(thresholdOf(weekly, 500, 2_000, 10_000)!.toFixed(2)).toBe('72.48');
    expect(thresholdOf(weekly, 20, 150, 10_000)).toBeNull();
  });
});
