// SPDX-License-Identifier: BSD-3-Clause
/* The settings, in one place: from JupyterLab's registry to whoever paints; and the sessions. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Signal } from '@lumino/signaling';
import type { ISignal } from '@lumino/signaling';
import { Sessions } from '../kernel/sessions';
import { DEFAULTS, ISpecializeState } from '../tokens';
import type { Settings } from '../tokens';

const ID = 'jupyterlab-specialize:state';

/** Settings that live in the registry when there is one, and in memory when there is none. */
class SpecializeState implements ISpecializeState {
  private current: Settings = DEFAULTS;
  private registry: ISettingRegistry.ISettings | null = null;
  readonly sessions = new Sessions();
  private readonly emitter = new Signal<ISpecializeState, Settings>(this);

  get settings(): Settings {
    return this.current;
  }

  get changed(): ISignal<ISpecializeState, Settings> {
    return this.emitter;
  }

  async set<K extends keyof Settings>(key: K, value: Settings[K]): Promise<void> {
    this.replace({ ...this.current, [key]: value });
    await this.registry?.set(key, value as string | boolean);
  }

  /** Follow `registry` from now on. */
  attach(registry: ISettingRegistry.ISettings): void {
    this.registry = registry;
    registry.changed.connect(this.refresh, this);
    this.refresh(registry);
  }

  private refresh(registry: ISettingRegistry.ISettings): void {
    // The registry has checked the values against the schema, defaults filled in.
    this.replace({ ...DEFAULTS, ...(registry.composite as Partial<Settings>) });
  }

  private replace(next: Settings): void {
    this.current = next;
    this.emitter.emit(next);
  }
}

/** Provides the settings service; without a settings registry it holds the defaults. */
export const state: JupyterFrontEndPlugin<ISpecializeState> = {
  id: ID,
  description: 'Keeps the settings of the specialization overlay.',
  autoStart: true,
  provides: ISpecializeState,
  optional: [ISettingRegistry],
  activate: (_: JupyterFrontEnd, registry: ISettingRegistry | null): ISpecializeState => {
    const service = new SpecializeState();
    registry?.load(ID).then(
      settings => {
        service.attach(settings);
      },
      (reason: unknown) => {
        console.warn('jupyterlab-specialize: settings not loaded, defaults are used.', reason);
      }
    );
    return service;
  }
};
