import '@fontsource-variable/inter'; // fonts are shipped: the app makes no request beyond its own files
import '@fontsource-variable/jetbrains-mono';
import './design/tokens.css';
import './design/base.css';
import './app.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { ToastProvider, TooltipProvider } from './design/index.ts';
import { listenToMenu } from './shell/menu-commands.ts';
import { readScreensAhead } from './shell/pane-content.tsx';
import { startConnection } from './state/connection.ts';
import { followJobs } from './state/jobs.ts';
import { showSettings } from './state/settings.ts';
import { applyTheme } from './state/theme.ts';
import { openLastWorkspace, refreshWorkspaces } from './state/workspaces.ts';

applyTheme();
listenToMenu();
startConnection({
  opened: async (client) => {
    await Promise.all([client.settings.get().then(showSettings), openLastWorkspace(client)]);
    readScreensAhead();
  },
  changed: async (what, client) => {
    if (what === 'settings') showSettings(await client.settings.get());
    if (what === 'workspaces') await refreshWorkspaces(client);
  },
  alongside: followJobs,
});
createRoot(document.getElementById('root')!).render(
  <TooltipProvider>
    <ToastProvider>
      <App />
    </ToastProvider>
  </TooltipProvider>,
);
