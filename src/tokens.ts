// SPDX-License-Identifier: BSD-3-Clause
/* What the plugins share: the settings service and the names of the commands. */
import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { Settings } from './model/settings';

export { DEFAULTS } from './model/settings';
export type { Settings } from './model/settings';

/** Which kernel sessions have ended: their overlays are of code that no longer exists. */
export interface ISessions {
  /** Whether `session`, as a payload names it, is known to have ended. */
  isEnded(session: string): boolean;
  /** Note that these sessions have ended. */
  end(sessions: Iterable<string>): void;
  /** Emitted when further sessions have ended. */
  readonly changed: ISignal<ISessions, void>;
}

/** The settings as they are now, and a way to change them; the kernel sessions that ended. */
export interface ISpecializeState {
  /** A snapshot: a change makes a new one. */
  readonly settings: Settings;
  /** What is known of the kernels. */
  readonly sessions: ISessions;
  /** Emitted after each change of the settings, with the new snapshot. */
  readonly changed: ISignal<ISpecializeState, Settings>;
  /** Change one setting and save it; resolves when it is saved. */
  set<K extends keyof Settings>(key: K, value: Settings[K]): Promise<void>;
}

/** Token of the settings service. */
export const ISpecializeState = new Token<ISpecializeState>(
  'jupyterlab-specialize:ISpecializeState',
  'The settings of the specialization overlay, and a signal when they change.'
);

/** Names of the commands. */
export const CommandIDs = {
  annotate: 'specialize:annotate',
  compare: 'specialize:compare',
  annotateAll: 'specialize:annotate-all',
  clear: 'specialize:clear',
  clearAll: 'specialize:clear-all',
  nextFailing: 'specialize:next-failing',
  previousFailing: 'specialize:previous-failing',
  showDetails: 'specialize:show-details',
  showPanel: 'specialize:show-panel',
  setMode: 'specialize:set-mode',
  openTour: 'specialize:open-tour'
} as const;
