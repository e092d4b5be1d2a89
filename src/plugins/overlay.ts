// SPDX-License-Identifier: BSD-3-Clause
/* An overlay for the editor of every code cell, fed by the outputs of the cell's own model. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import type { ICodeCellModel } from '@jupyterlab/cells';
import { EditorExtensionRegistry, IEditorExtensionRegistry } from '@jupyterlab/codemirror';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { overlay as overlayExtension } from '../editor/overlay';
import type { IOverlaySource } from '../editor/overlay';
import type { IWords } from '../editor/words';
import { findBundle } from '../payload/find';
import { ISpecializeState } from '../tokens';

/** Registers the extension before any editor is made: later ones would not get it. */
export const overlay: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-specialize:overlay',
  description: 'Paints specialization in the editors of code cells.',
  autoStart: true,
  requires: [IEditorExtensionRegistry, ISpecializeState],
  optional: [ITranslator],
  activate: (
    _: JupyterFrontEnd,
    registry: IEditorExtensionRegistry,
    state: ISpecializeState,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('jupyterlab-specialize');
    registry.addExtension({
      name: 'jupyterlab-specialize:overlay',
      factory: ({ model }) =>
        isCodeCell(model)
          ? EditorExtensionRegistry.createImmutableExtension(
              overlayExtension(sourceOf(model, state, trans))
            )
          : null
    });
  }
};

/** An editor of a code cell gets the cell's own model; a class test fails across bundles. */
function isCodeCell(model: object): model is ICodeCellModel {
  return 'type' in model && model.type === 'code' && 'outputs' in model;
}

function sourceOf(model: ICodeCellModel, state: ISpecializeState, trans: IWords): IOverlaySource {
  // Held here: a notebook that closes disposes the model before the editor, and empties it.
  const { outputs } = model;
  return {
    trans,
    read: () => (outputs.isDisposed ? null : (findBundle(outputs)?.raw ?? null)),
    options: () => state.settings,
    isCompared: () => state.settings.compare,
    isEnded: session => state.sessions.isEnded(session),
    subscribe: changed => {
      const onChange = (): void => {
        changed();
      };
      outputs.changed.connect(onChange);
      state.changed.connect(onChange);
      state.sessions.changed.connect(onChange);
      return () => {
        outputs.changed.disconnect(onChange);
        state.changed.disconnect(onChange);
        state.sessions.changed.disconnect(onChange);
      };
    }
  };
}
