// A signal that ends after a time or with another one. Browsers of early 2024 do not all have AbortSignal.any.
export function within(ms: number, other: AbortSignal): AbortSignal {
  const both = new AbortController();
  const end = () => {
    clearTimeout(timer);
    both.abort(other.aborted ? other.reason : new DOMException('too slow', 'TimeoutError'));
  };
  const timer = setTimeout(end, ms);
  if (other.aborted) end();
  else other.addEventListener('abort', end, { once: true });
  return both.signal;
}
