// Addresses of files for `img` and `audio`. A visitor's proof is a header, which such elements cannot send, so the bytes
// are fetched and shown from memory; the few last used ones are kept.
import type { Api, Id } from '@kith/wire';

const most = 60;

export class FileUrls {
  private readonly urls = new Map<Id, Promise<string>>();
  private readonly api: Api;

  constructor(api: Api) {
    this.api = api;
  }

  of(id: Id): Promise<string> {
    const known = this.urls.get(id);
    this.urls.delete(id);
    const url = known ?? this.fetch(id);
    this.urls.set(id, url);
    if (this.urls.size > most) this.drop(this.urls.keys().next().value!);
    return url;
  }

  clear(): void {
    for (const id of [...this.urls.keys()]) this.drop(id);
  }

  private async fetch(id: Id): Promise<string> {
    try {
      const response = await this.api.raw(`/api/attachments/${id}/content`);
      return URL.createObjectURL(await response.blob());
    } catch (error) {
      this.urls.delete(id);
      throw error;
    }
  }

  private drop(id: Id): void {
    void this.urls.get(id)?.then(
      (url) => URL.revokeObjectURL(url),
      () => {},
    );
    this.urls.delete(id);
  }
}
