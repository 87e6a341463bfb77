// Settled by her word, or because it went quiet after we asked. It can be opened again at any time.
import type { Talk } from '@kith/store/desk';
import type { Topic } from '@kith/wire';
import { toast } from '@kith/ui/toast';
import { m } from '@kith/words';
import { attempt } from '../kit/attempt.ts';

export async function settle(talk: Talk, topic: Topic, by: 'customer_word' | 'silence'): Promise<void> {
  const done = await attempt(() => talk.settle_topic(topic.id, by));
  if (done) toast.say(m.desk_settle_done({ title: topic.title }), { undo: () => void attempt(() => talk.reopen_topic(topic.id)) });
}
