import type { PromptHost } from "./prompt-host.ts";

/** What is needed of Electron's `contextBridge`. */
interface ContextBridge {
  exposeInMainWorld(name: string, api: unknown): void;
}

/** What is needed of Electron's `ipcRenderer`. */
interface RendererIpc {
  invoke(channel: string, ...given: unknown[]): Promise<unknown>;
}

/** Electron's preload script: `exposePrompt(contextBridge, ipcRenderer)`. The page gets three functions, and no `ipcRenderer`. */
export function exposePrompt(bridge: ContextBridge, ipc: RendererIpc): void {
  const host: PromptHost = {
    prompt: (locales) => ipc.invoke("tallystick:prompt", locales) as ReturnType<PromptHost["prompt"]>,
    licence: (locales) => ipc.invoke("tallystick:licence", locales) as ReturnType<PromptHost["licence"]>,
    answer: (id) => ipc.invoke("tallystick:answer", id) as ReturnType<PromptHost["answer"]>,
  };
  bridge.exposeInMainWorld("tallystick", host);
}
