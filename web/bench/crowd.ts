// A house full of people, made through the API as browsers would: each came in, has a name, and said something.
import { Agent, request } from 'node:http';
import { furnish, type Home } from '../../tests/system/harness/cast.ts';
import { new_id } from '../../tests/system/harness/ids.ts';
import { open_house, type House } from '@kith/check/house';

const at_once = 48;
const addresses = 240;
const given = ['Ingrid', 'Tomáš', 'Hana', 'Leo', 'Noor', 'Karl', 'Sofia', 'Élodie', 'Mateusz', 'Aino', 'Rafael', 'Harpreet', 'Grace'];
const family = ['Lindqvist', 'Novák', 'Ito', 'Okafor', 'Haddad', 'Berg', 'Reyes', 'Martin', 'Zieliński', 'Virtanen', 'Duarte'];
const said = [
  'Good morning! The lamp arrived with a crack in its foot.',
  'Do you deliver to the islands in winter? The page says yes, the ferry says perhaps.',
  'Thank you. I measure the shelf tonight and write to you tomorrow.',
];

export interface Guest {
  readonly token: string;
  readonly conversation: string;
  readonly address: string;
}

export interface Crowd {
  readonly house: House;
  readonly home: Home;
  readonly guests: readonly Guest[];
}

const connections = new Agent({ keepAlive: true, maxSockets: 1 });

interface Caller {
  readonly token?: string;
  readonly address?: string; // of this machine's own loopback network
}

function ask<Answer>(house: House, method: string, path: string, body: object, caller: Caller): Promise<Answer> {
  const { token, address } = caller;
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const from = address ? { localAddress: address } : {};
  return new Promise((resolve, reject) => {
    const asked = request(`${house.url}${path}`, { method, agent: connections, headers, ...from }, (answer) => {
      let text = '';
      answer.on('data', (part) => (text += part));
      answer.on('end', () => {
        // Thousands who come at once are many, even for open doors.
        if (answer.statusCode === 429) setTimeout(() => resolve(ask(house, method, path, body, caller)), 1000);
        else if ((answer.statusCode ?? 500) >= 300) reject(new Error(`${method} ${path}: ${answer.statusCode} ${text}`));
        else resolve(JSON.parse(text) as Answer);
      });
    });
    asked.on('error', reject);
    asked.end(JSON.stringify(body));
  });
}

export async function says(house: House, guest: Guest, text: string): Promise<void> {
  await ask(house, 'POST', '/api/visitor/entries', { id: new_id(), text }, guest);
}

async function comes_in(house: House, inbox: string, number: number): Promise<Guest> {
  // Nobody may come in more than so often a minute from one address.
  const address = `127.0.7.${1 + (number % addresses)}`;
  const visit = await ask<Guest>(house, 'POST', '/api/visitor/sessions', { id: new_id(), inbox, languages: ['en'] }, { address });
  const called = `${given[number % given.length]} ${family[number % family.length]} ${number}`;
  await ask(house, 'PATCH', '/api/visitor/me', { called }, { token: visit.token, address });
  const guest = { token: visit.token, conversation: visit.conversation, address };
  await says(house, guest, said[number % said.length] ?? '');
  return guest;
}

export async function open_crowd(people: number): Promise<Crowd> {
  const house = await open_house();
  const home = await furnish(house);
  const guests: Guest[] = [];
  let next = 0;
  const come = async () => {
    while (next < people) {
      guests.push(await comes_in(house, home.inbox, next++));
      if (guests.length % 10_000 === 0) console.error(`${guests.length} of ${people} people are here`);
    }
  };
  await Promise.all(Array.from({ length: at_once }, come));
  return { house, home, guests };
}
