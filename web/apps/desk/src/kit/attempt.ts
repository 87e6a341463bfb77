// Does something that the house may refuse, and says so kindly when it does.
import { toast } from '@kith/ui/toast';
import { problem_words } from './problem_words.ts';

export async function attempt(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (trouble) {
    toast.say(problem_words(trouble), { tone: 'rose' });
    return false;
  }
}
