// SPDX-License-Identifier: BSD-3-Clause
// @vitest-environment jsdom
/* Our one output among a cell's outputs, in JupyterLab's own model of them. */
import { OutputAreaModel } from '@jupyterlab/outputarea';
import type { ICodeCellModel } from '@jupyterlab/cells';
import type * as nbformat from '@jupyterlab/nbformat';
import { describe, expect, it } from 'vitest';
import { applyUpdate } from '../../src/kernel/updates';
import { hasBundle, putBundle, removeBundle } from '../../src/output/upsert';
import { findBundle } from '../../src/payload/find';
import { MIME } from '../../src/payload/mime';

const printed: nbformat.IStream = { output_type: 'stream', name: 'stdout', text: 'kept\n' };
const failed: nbformat.IError = { output_type: 'error', ename: 'E', evalue: '', traceback: [] };

function bundle(revision: number, session = 'one', crc32 = 7): nbformat.IMimeBundle {
  const source = { length: 1, crc32 };
  return {
    [MIME]: { version: 1, id: 'specialize:a', session, revision, source },
    'text/plain': 'x'
  };
}

function outputs(...values: nbformat.IOutput[]): OutputAreaModel {
  return new OutputAreaModel({ values, trusted: true });
}

function typesOf(model: OutputAreaModel): string[] {
  return model.toJSON().map(output => output.output_type);
}

function revisionOf(model: OutputAreaModel): unknown {
  return (findBundle(model)?.raw as { revision?: unknown } | undefined)?.revision;
}

describe('findBundle', () => {
  it('gives one object for one output, however often it looks', () => {
    const model = outputs();
    putBundle(model, bundle(1));
    expect(findBundle(model)?.raw).toBe(findBundle(model)?.raw);
  });
});

describe('putBundle', () => {
  it('adds ours behind the outputs of the cell', () => {
    const model = outputs(printed);
    putBundle(model, bundle(1));
    expect(typesOf(model)).toEqual(['stream', 'display_data']);
  });

  it('keeps what is not ours out of the notebook', () => {
    const model = outputs();
    putBundle(model, { ...bundle(1), 'application/javascript': 'alert(1)' });
    expect(Object.keys(model.get(0).data)).toEqual([MIME, 'text/plain']);
  });

  it('replaces ours where it stands, and never stacks', () => {
    const model = outputs(printed);
    putBundle(model, bundle(1));
    model.add(failed);
    putBundle(model, bundle(2));
    expect([typesOf(model), revisionOf(model)]).toEqual([['stream', 'display_data', 'error'], 2]);
  });
});

describe('removeBundle', () => {
  it('takes ours away and leaves the others as they were', () => {
    const model = outputs(printed);
    putBundle(model, bundle(1));
    removeBundle(model);
    expect([model.toJSON(), hasBundle(model)]).toEqual([outputs(printed).toJSON(), false]);
  });

  it('touches nothing where ours is not', () => {
    const model = outputs(printed);
    let changes = 0;
    model.changed.connect(() => {
      changes++;
    });
    removeBundle(model);
    expect(changes).toBe(0);
  });
});

describe('applyUpdate', () => {
  const cell = (model: OutputAreaModel): ICodeCellModel =>
    ({ outputs: model }) as unknown as ICodeCellModel;

  it.each([
    ['a newer revision', bundle(3), 3],
    ['an older revision', bundle(1), 2],
    ['the same revision', bundle(2), 2],
    ['a revision of another kernel', bundle(9, 'two'), 2],
    ['a revision of another text under the same id', bundle(9, 'one', 8), 2],
    ['no payload', { [MIME]: 'rubbish' }, 2]
  ])('meets %s', (_, next, shown) => {
    const model = outputs();
    putBundle(model, bundle(2));
    applyUpdate([cell(model)], next);
    expect(revisionOf(model)).toBe(shown);
  });

  it('adds nothing to a cell that shows nothing of ours', () => {
    const model = outputs(printed);
    applyUpdate([cell(model)], bundle(9));
    expect(typesOf(model)).toEqual(['stream']);
  });

  it('reaches every copy of a cell', () => {
    const models = [outputs(), outputs()];
    models.forEach(model => {
      putBundle(model, bundle(1));
    });
    applyUpdate(models.map(cell), bundle(2));
    expect(models.map(revisionOf)).toEqual([2, 2]);
  });
});
