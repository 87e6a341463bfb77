#include "wire/events.h"

#include "wire/desk.h"
#include "wire/nouns.h"

namespace kith::wire {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};

void write_colleague(JsonWriter& json, const ColleagueChanged& change) {
  json.key("colleague");
  json.begin_object();
  json.field("id", change.person.id);
  json.field("called", change.person.called);
  write_face(json, change.person.face);
  json.field("hello_line", change.hello_line);
  json.field("is_in_team", change.is_in_team);
  json.end_object();
}

void write_body(JsonWriter& json, const Event& event) {
  const ConversationId conversation = event.conversation.value_or(ConversationId{});
  std::visit(Overloaded{[&](const EntryAdded& e) { write_field(json, "entry", e.entry); },
                        [&](const EntryChanged& e) { write_field(json, "entry", e.entry); },
                        [&](const ConversationChanged& e) {
                          write_field(json, "thread", e.thread);
                          write_field(json, "person", e.person);
                        },
                        [&](const PersonChanged& e) { write_field(json, "person", e.person); },
                        [&](const TopicChanged& e) { write_field(json, "topic", e.topic); },
                        [&](const NoteChanged& e) { write_field(json, "note", e.note); },
                        [&](const PromiseChanged& e) { write_field(json, "promise", e.promise); },
                        [&](const ReadMarkChanged& e) { write_read_mark(json, e); },
                        [&](const CompanionsChanged& e) { json.list("companions", e.companions); },
                        [&](const HandoverChanged& e) { write_at(json, "handover", e.handover, conversation); },
                        [&](const DraftChanged& e) { write_at(json, "draft", e.draft, conversation); },
                        [&](const LaterChanged& e) { write_maybe_later(json, e.standing, conversation); },
                        [&](const ScheduledChanged& e) { write_at(json, "scheduled", e.scheduled, conversation); },
                        [&](const ColleagueChanged& e) { write_colleague(json, e); },
                        [&](const SettingsChanged& e) { write_field(json, "settings", e.settings); },
                        [](const SessionsEnded&) {}},
             event.body);
}

}  // namespace

const char* event_name(const EventBody& body) {
  constexpr const char* kNames[] = {
      "entry_added",        "entry_changed",     "conversation_changed", "person_changed",
      "topic_changed",      "note_changed",      "promise_changed",      "read_mark_changed",
      "companions_changed", "handover_changed",  "draft_changed",        "later_changed",
      "scheduled_changed",  "colleague_changed", "settings_changed",     nullptr};
  static_assert(std::size(kNames) == std::variant_size_v<EventBody>);
  return kNames[body.index()];
}

std::string encode_event(const Event& event) {
  std::string out;
  const char* name = event_name(event.body);
  if (name == nullptr) return out;
  out.reserve(640);
  JsonWriter json(out);
  json.begin_object();
  json.field("type", "event");
  json.field("seq", event.seq);
  json.field("event", name);
  json.field("conversation", event.conversation);
  write_body(json, event);
  json.end_object();
  return out;
}

}  // namespace kith::wire
