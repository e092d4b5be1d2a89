// SPDX-License-Identifier: BSD-3-Clause
/*
 * Our one output among a cell's outputs: put it there, replace it, take it away. Never two.
 */
import type * as nbformat from '@jupyterlab/nbformat';
import type { IOutputAreaModel } from '@jupyterlab/outputarea';
import { findBundle } from '../payload/find';
import { MIME } from '../payload/mime';

/** The parts of a bundle that are ours; whatever else a kernel sends along stays out of the file. */
const PARTS = [MIME, 'text/html', 'text/plain'];

/** Show `bundle` under the cell: in the place of ours, or behind the others. */
export function putBundle(outputs: IOutputAreaModel, bundle: nbformat.IMimeBundle): void {
  const output: nbformat.IDisplayData = {
    output_type: 'display_data',
    data: Object.fromEntries(Object.entries(bundle).filter(([type]) => PARTS.includes(type))),
    metadata: {}
  };
  const found = findBundle(outputs);
  if (found === null) {
    outputs.add(output);
  } else {
    outputs.set(found.index, output);
  }
}

/** Take ours away; the others stay as they are. */
export function removeBundle(outputs: IOutputAreaModel): void {
  const others = outputs.toJSON().filter(output => !isOurs(output));
  if (others.length < outputs.length) {
    outputs.fromJSON(others);
  }
}

/** Whether ours is among them. */
export function hasBundle(outputs: IOutputAreaModel): boolean {
  return findBundle(outputs) !== null;
}

function isOurs(output: nbformat.IOutput): boolean {
  const { data } = output;
  return typeof data === 'object' && data !== null && Object.hasOwn(data, MIME);
}
