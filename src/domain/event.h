// What happened, with the full new state of the thing, so that nobody has to ask again. Newer seq wins.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/attachment.h"
#include "domain/companion.h"
#include "domain/conversation.h"
#include "domain/draft.h"
#include "domain/entry.h"
#include "domain/handover.h"
#include "domain/ids.h"
#include "domain/inbox.h"
#include "domain/later.h"
#include "domain/note.h"
#include "domain/person.h"
#include "domain/promise.h"
#include "domain/read_mark.h"
#include "domain/scheduled.h"
#include "domain/topic.h"

namespace kith {

struct EntryAdded {
  Entry entry;
};
struct EntryChanged {
  Entry entry;
};  // edited or taken back
struct ConversationChanged {
  Thread thread;
  Person person;
};  // waiting, strands, or first contact
struct PersonChanged {
  Person person;
};
struct TopicChanged {
  Topic topic;
};
struct NoteChanged {
  Note note;
};
struct PromiseChanged {
  Promise promise;
};
struct ReadMarkChanged {
  ReadMark mark;
  PersonId customer;  // whose conversation it is today
  Seq seq_read = 0;   // of the whole thread
};
struct CompanionsChanged {
  ConversationId strand;
  std::vector<PersonId> companions;  // of the whole thread, the latest first
};
struct HandoverChanged {
  Handover handover;
};
struct DraftChanged {
  Draft draft;
};
struct LaterChanged {
  Later later;
  std::optional<Later> standing;  // of the whole thread; nothing: she is back
};
struct ScheduledChanged {
  Scheduled scheduled;
};
struct ColleagueChanged {  // a colleague's public face: name, hello line, whether she is in the team
  Person person;
  std::string hello_line;
  bool is_in_team = true;
};
struct SettingsChanged {
  Settings settings;
};
// For the house itself, never sent to a client: these sessions may do nothing any more, or their rights changed, so
// live connections that stand on them are closed and cached rights forgotten.
struct SessionsEnded {
  std::vector<SessionId> sessions;
};

using EventBody = std::variant<EntryAdded, EntryChanged, ConversationChanged, PersonChanged, TopicChanged, NoteChanged,
                               PromiseChanged, ReadMarkChanged, CompanionsChanged, HandoverChanged, DraftChanged,
                               LaterChanged, ScheduledChanged, ColleagueChanged, SettingsChanged, SessionsEnded>;

struct Event {
  Seq seq = 0;
  // The conversation it belongs to today (the one a merge leads to); nothing for things of the house.
  std::optional<ConversationId> conversation;
  EventBody body;
};

// What a durable change is about; what catch_up reads back. One row per thing: the newest change stands for all.
enum class ChangeKind : std::uint8_t {
  entry,
  conversation,
  person,
  topic,
  note,
  promise,
  colleague,
  settings,
  read_mark,
  companions,
  handover,
  draft,
  later,
  scheduled
};
struct Change {
  Seq seq = 0;
  ChangeKind kind = ChangeKind::entry;
  IdBytes object{};  // the id of the thing (companions: of their strand); nil for settings
};

}  // namespace kith
