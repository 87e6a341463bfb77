// The nouns of the API under their own names.
import type { components } from './api.ts';

export type Schemas = components['schemas'];
export type Id = string;
export type Seq = number;

export type Attachment = Schemas['Attachment'];
export type Author = Schemas['Author'];
export type Colleague = Schemas['Colleague'];
export type Conversation = Schemas['Conversation'];
export type ConversationHead = Schemas['ConversationHead'];
export type ConversationPage = Schemas['ConversationPage'];
export type ConversationRow = Schemas['ConversationRow'];
export type DeskSession = Schemas['DeskSession'];
export type Draft = Schemas['Draft'];
export type Entry = Schemas['Entry'];
export type EntryKind = Schemas['EntryKind'];
export type EntryPage = Schemas['EntryPage'];
export type EntryVersion = Schemas['EntryVersion'];
export type FoundEntries = Schemas['FoundEntries'];
export type FoundNotes = Schemas['FoundNotes'];
export type LaterList = Schemas['LaterList'];
export type FoundPeople = Schemas['FoundPeople'];
export type Handover = Schemas['Handover'];
export type Identity = Schemas['Identity'];
export type Inbox = Schemas['Inbox'];
export type Later = Schemas['Later'];
export type Merge = Schemas['Merge'];
export type MyConversationPage = Schemas['MyConversationPage'];
export type Note = Schemas['Note'];
export type Person = Schemas['Person'];
export type PersonName = Schemas['PersonName'];
export type PersonPage = Schemas['PersonPage'];
export type Presence = Schemas['Presence'];
export type PresenceLevel = Schemas['PresenceLevel'];
// Not `Promise`: that word is taken in this language.
export type Promised = Schemas['Promise'];
export type PublicColleague = Schemas['PublicColleague'];
export type Scheduled = Schemas['Scheduled'];
export type Settings = Schemas['Settings'];
export type Site = Schemas['Site'];
export type TeamMember = Schemas['TeamMember'];
export type Topic = Schemas['Topic'];
export type TopicState = Schemas['TopicState'];
export type Visit = Schemas['Visit'];
