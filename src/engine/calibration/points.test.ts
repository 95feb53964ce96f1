import { describe, expect, it } from 'vitest';
import { baseOf, chanceOf, pointsOf, SCALE, scaleOf, scoreOf } from './points.ts';

describe('points', () => {
  it('are the classic check: 20 points double the odds, 600 at 50 to 1', () => {
    const { factor, offset } = scaleOf(20, 600, 50);
    expect([factor.toFixed(4), offset.toFixed(4)]).toEqual(['28.8539', '487.1229']);
  });

  it('are ours: 10 points double the odds, 50 at 1 to 19', () => {
    expect([SCALE.factor.toFixed(4), SCALE.offset.toFixed(4)]).toEqual(['14.4270', '92.4793']);
    expect(scoreOf(0.2).toFixed(2)).toBe('72.48');
    expect(scoreOf(0.015).toFixed(2)).toBe('32.11');
    expect(chanceOf(50)).toBeCloseTo(0.05, 12);
  });

  it('of a single attribute are the worked example of the methods', () => {
    expect(baseOf(Math.log(100 / 400)).toFixed(2)).toBe('72.48');
    expect([-0.8109, 0.2877, 0.539].map((woe) => pointsOf(1, woe))).toEqual([-12, 4, 8]);
  });

  it('double the odds every ten', () => {
    const odds = (score: number) => chanceOf(score) / (1 - chanceOf(score));
    for (const score of [10, 50, 72.48]) expect(odds(score + 10) / odds(score)).toBeCloseTo(2, 10);
  });
});
