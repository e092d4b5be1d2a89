// SPDX-License-Identifier: BSD-3-Clause
/* The icon of the extension's commands. */
import { LabIcon } from '@jupyterlab/ui-components';
import icon from '../../style/icons/specialize.svg';

/** Of the toolbar button, the menus, the launcher card and the settings. */
export const specializeIcon = new LabIcon({
  name: 'jupyterlab-specialize:specialize',
  svgstr: icon
});
