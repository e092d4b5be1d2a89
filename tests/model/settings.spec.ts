// SPDX-License-Identifier: BSD-3-Clause
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULTS, nonsenseIn, settingsOf } from '../../src/model/settings';

type Schema = { properties: Record<string, { default: unknown; title: string }> };

const file = new URL('../../schema/state.json', import.meta.url);
const { properties } = JSON.parse(readFileSync(file, 'utf-8')) as Schema;

describe('the settings', () => {
  it('have in the schema of the settings editor the defaults that they have without it', () => {
    const defaults = Object.entries(properties).map(([name, property]) => [name, property.default]);
    expect(Object.fromEntries(defaults)).toEqual(DEFAULTS);
  });

  it('are taken over where they make sense', () => {
    const wanted = { ...DEFAULTS, mode: 'dark', states: ['failed'], gutter: true, showAll: true };
    expect([settingsOf(wanted), nonsenseIn(wanted)]).toEqual([wanted, []]);
  });

  it('fall back to the default one by one', () => {
    const raw = { mode: 'sepia', palette: 'blue', states: ['failed', 'purple'], showAll: 'yes' };
    expect([settingsOf(raw), nonsenseIn(raw)]).toEqual([
      { ...DEFAULTS, palette: 'blue' },
      ['mode', 'showAll', 'states']
    ]);
  });

  it('are settings whatever was set', () => {
    const anything = fc.record(
      Object.fromEntries(Object.keys(DEFAULTS).map(name => [name, fc.anything()])),
      { requiredKeys: [] }
    );
    fc.assert(
      fc.property(anything, raw => {
        expect(nonsenseIn(settingsOf(raw))).toEqual([]);
      })
    );
  });
});
