// SPDX-License-Identifier: BSD-3-Clause
/* The plugins of the extension. */
import { commands } from './plugins/commands';
import { living } from './plugins/living';
import { looks } from './plugins/looks';
import { output } from './plugins/output';
import { overlay } from './plugins/overlay';
import { panel } from './plugins/panel';
import { state } from './plugins/state';
import { theme } from './plugins/theme';
import { tour } from './plugins/tour';

export { ISpecializeState } from './tokens';

export default [state, theme, overlay, output, commands, looks, living, panel, tour];
