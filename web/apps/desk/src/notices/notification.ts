// A notification of the device. The service worker shows it where there is one: on Android a page cannot do it itself.
export interface Notice {
  readonly title: string;
  readonly body: string;
  readonly tag: string; // a newer one with the same tag takes the place of the older
  readonly path: string; // where it leads
  readonly icon: string | null;
}

export async function show_notification(notice: Notice, go: (path: string) => void): Promise<void> {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
  const { title, body, tag, path, icon } = notice;
  const options = { body, tag, silent: true, data: { path }, ...(icon ? { icon } : {}) };
  try {
    const registration = await navigator.serviceWorker?.getRegistration();
    if (registration?.active) return await registration.showNotification(title, options);
    const shown = new Notification(title, options);
    shown.onclick = () => {
      window.focus();
      shown.close();
      go(path);
    };
  } catch {
    // A device that shows none: what the screen shows stays true.
  }
}

// What was pressed in a notification of the service worker. Returns how to stop.
export function follow_notifications(go: (path: string) => void): () => void {
  const { serviceWorker: worker } = navigator;
  const told = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'object' && data !== null && 'go' in data && typeof data.go === 'string') go(data.go);
  };
  worker?.addEventListener('message', told);
  return () => worker?.removeEventListener('message', told);
}
