export interface Soon {
  run: () => void;
  flush: () => void; // now, if it is due at all
  cancel: () => void;
}

// Does `work` once, a while after the first of many wishes.
export function once_in(ms: number, work: () => void): Soon {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const now = () => {
    cancel();
    work();
  };
  return { run: () => (timer ??= setTimeout(now, ms)), flush: () => void (timer && now()), cancel };
}
