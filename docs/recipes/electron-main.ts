import { type PromptHost, promptQuestions } from "./prompt-host.ts";

/** What is needed of Electron's `ipcMain`. */
interface MainIpc {
  handle(channel: string, listener: (event: SenderEvent, ...given: never[]) => unknown): void;
}

/** What is needed of Electron's `IpcMainInvokeEvent`. */
interface SenderEvent {
  readonly senderFrame: { readonly url: string } | null;
}

/** What is needed of Electron's `BrowserWindow`. */
interface ProductWindow {
  isFullScreen(): boolean;
  isFocused(): boolean;
}

/**
 * Electron's main process: `servePrompt(ipcMain, createPromptHost(renewal, { …, host: hostOf(window, powerMonitor) }), "app://acme")`.
 * Only pages of the product's own origin are answered.
 */
export function servePrompt(ipc: MainIpc, host: PromptHost, origin: string): void {
  for (const question of promptQuestions) {
    ipc.handle(`tallystick:${question}`, (event, ...given) => {
      if (event.senderFrame === null || !event.senderFrame.url.startsWith(`${origin}/`)) return null;
      return (host[question] as (...given: never[]) => unknown)(...given);
    });
  }
}

/** What the product's window and Electron's `powerMonitor` say of the moment. */
export const hostOf = (window: ProductWindow, power: { getSystemIdleTime(): number }) => () => ({
  fullScreen: window.isFullScreen(),
  foreground: window.isFocused(),
  idleSeconds: power.getSystemIdleTime(),
});
