// SPDX-License-Identifier: BSD-3-Clause
/* The settings, in one place: from JupyterLab's registry to whoever paints; and the sessions. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import type { ISignal } from '@lumino/signaling';
import { Sessions } from '../kernel/sessions';
import { shortened } from '../payload/guards';
import { nonsenseIn, settingsOf } from '../model/settings';
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
    await this.registry?.set(key, value as string | boolean | string[]);
  }

  /** Follow `registry` from now on. */
  attach(registry: ISettingRegistry.ISettings): void {
    this.registry = registry;
    registry.changed.connect(this.refresh, this);
    this.refresh(registry);
  }

  private refresh(registry: ISettingRegistry.ISettings): void {
    this.replace(settingsOf(registry.composite));
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
  optional: [ISettingRegistry, ITranslator],
  activate: (
    _: JupyterFrontEnd,
    registry: ISettingRegistry | null,
    translator: ITranslator | null
  ): ISpecializeState => {
    const trans = (translator ?? nullTranslator).load('jupyterlab-specialize');
    const service = new SpecializeState();
    registry?.transform(ID, { fetch: plugin => withSaneDefaults(plugin, trans) });
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

/**
 * What the settings editor and the registry get. The server writes what an overrides file says into
 * the schema as defaults, unchecked, and a default that breaks its own schema would cost a user all
 * settings: it is replaced, and its description says so.
 */
function withSaneDefaults(
  plugin: ISettingRegistry.IPlugin,
  trans: TranslationBundle
): ISettingRegistry.IPlugin {
  const properties = { ...plugin.schema.properties };
  const defaults = Object.entries(properties).map(([name, { default: value }]) => [name, value]);
  const asked = Object.fromEntries(defaults) as Record<string, unknown>;
  for (const name of nonsenseIn(asked)) {
    const { description = '', ...property } = properties[name] ?? {};
    const value = shortened(JSON.stringify(asked[name]));
    const warning = trans.__(
      'Warning: the overrides of this JupyterLab ask for %1, which is not possible; the default is used.',
      value
    );
    properties[name] = {
      ...property,
      default: DEFAULTS[name] as string,
      description: `${description} ${warning}`
    };
  }
  return { ...plugin, schema: { ...plugin.schema, properties } };
}
