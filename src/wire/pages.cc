#include "wire/pages.h"

#include <algorithm>

#include "wire/desk.h"
#include "wire/opening.h"
#include "wire/place.h"
#include "wire/words.h"

namespace kith::wire {
namespace {

// The object that `write_fields(json)` fills.
template <class WriteFields>
std::string object_of(std::size_t expected_bytes, WriteFields write_fields) {
  std::string out;
  out.reserve(expected_bytes);
  JsonWriter json(out);
  json.begin_object();
  write_fields(json);
  json.end_object();
  return out;
}

template <class Nouns>
std::string object_with_list(std::string_view name, const Nouns& nouns) {
  return object_of(256 * nouns.size() + 32, [&](JsonWriter& json) { write_list(json, name, nouns); });
}

PresenceLevel level_of(PersonId person, std::span<const PublicPresence> there, std::optional<Time>& back_at) {
  auto found = std::ranges::find(there, person, &PublicPresence::person);
  if (found == there.end()) return PresenceLevel::away;
  back_at = found->back_at;
  return found->level;
}

void write_faces(JsonWriter& json, std::span<const PublicFace> faces, std::span<const PublicPresence> there) {
  json.key("team");
  json.begin_array();
  for (const PublicFace& face : faces) {
    std::optional<Time> back_at;
    PresenceLevel level = level_of(face.person, there, back_at);
    json.begin_object();
    json.field("id", face.person);
    json.field("called", face.called);
    write_face(json, face.face);
    json.field("hello_line", face.hello_line);
    json.field("level", word_of(kPresenceLevels, level));
    json.field("back_at", back_at);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

void write(JsonWriter& json, const PersonName& name) {
  json.begin_object();
  json.field("id", name.id);
  json.field("called", name.called);
  write_face(json, name.face);
  json.end_object();
}

static void write_fields(JsonWriter& json, const DeskRow& row) {
  write_field(json, "person", row.person);
  write_field(json, "conversation", row.conversation);
  json.key("newest");
  if (row.newest)
    write(json, *row.newest);
  else
    json.null();
  json.field("read_seq", row.read_seq);
  write_maybe_later(json, row.later, row.conversation.id);
  json.list("companions", row.companions);
}

static void write(JsonWriter& json, const DeskRow& row) {
  json.begin_object();
  write_fields(json, row);
  json.end_object();
}

static void write(JsonWriter& json, const ConversationPerson& one) {
  json.begin_object();
  json.field("conversation", one.conversation);
  write_field(json, "person", one.person);
  json.end_object();
}

static void write(JsonWriter& json, const MentionedIn& mention) {
  json.begin_object();
  write_field(json, "note", mention.note);
  json.field("conversation", mention.conversation);
  write_field(json, "person", PersonName{mention.person.id, mention.person.called, mention.person.face});
  json.end_object();
}

template <class TypedId>
static void write_further(JsonWriter& json, const std::optional<Place<TypedId>>& further) {
  if (further) return json.field("further", encode_place(*further));
  json.key("further");
  json.null();
}

template <class Thing>
static void write_list_at(JsonWriter& json, std::string_view name, std::span<const InThread<Thing>> things) {
  json.key(name);
  json.begin_array();
  for (const auto& one : things) write(json, one.thing, one.conversation);
  json.end_array();
}

static void write(JsonWriter& json, const FoundNote& found) {
  json.begin_object();
  write_field(json, "note", found.note);
  json.field("conversation", found.conversation);
  write_field(json, "person", PersonName{found.person.id, found.person.called, found.person.face});
  json.end_object();
}

static void write(JsonWriter& json, const FoundEntry& found) {
  json.begin_object();
  write_field(json, "entry", found.entry);
  json.field("conversation", found.conversation);
  write_field(json, "person", PersonName{found.person.id, found.person.called, found.person.face});
  json.end_object();
}

static void write(JsonWriter& json, const FoundPerson& found) {
  json.begin_object();
  write_field(json, "person", found.person);
  json.field("conversation", found.conversation);
  json.end_object();
}

static void write(JsonWriter& json, const TeamMember& member) {
  json.begin_object();
  write_field(json, "person", member.person);
  json.field("hello_line", member.hello_line);
  write_list(json, "roles", member.roles);
  // Every account has an address, so an empty one means that the asker may not see this part.
  bool may_see = !member.email.empty();
  json.field("email", may_see ? std::optional(member.email) : std::nullopt);
  json.field("has_second_factor", may_see ? std::optional(member.has_second_factor) : std::nullopt);
  json.end_object();
}

std::string encode_visit(const Visit& visit, std::string_view token) {
  return object_of(512, [&](JsonWriter& json) {
    json.field("token", token);
    json.field("expires_at", visit.session.expires_at);
    write_field(json, "person", visit.person);
    json.field("conversation", visit.thread.own.id);
  });
}

std::string encode_visitor(const Person& person, ConversationId conversation) {
  return object_of(512, [&](JsonWriter& json) {
    write_field(json, "person", person);
    json.field("conversation", conversation);
  });
}

std::string encode_ask_decision(std::string_view field, const AskDecision& decision) {
  return object_of(64, [&](JsonWriter& json) {
    json.field("field", field);
    json.field("may_ask", decision.may_ask);
  });
}

std::string encode_conversation(const ConversationView& view, Seq newest) {
  return object_of(1024 + 320 * (view.topics.size() + view.promises.size()), [&](JsonWriter& json) {
    write_field(json, "conversation", view.thread);
    write_field(json, "person", view.person);
    write_list(json, "topics", view.topics);
    write_list(json, "promises", view.promises);
    json.list("companions", view.companions);
    json.key("handovers");
    json.begin_array();
    for (const Handover& handover : view.handovers) write(json, handover, view.thread.own.id);
    json.end_array();
    write_maybe_later(json, view.later, view.thread.own.id);
    json.field("read_seq", view.read_seq);
    json.field("read_by_customer", view.read_by_other);
    json.field("newest_seq", newest);
  });
}

std::string encode_my_conversation(const ConversationView& view, Seq newest) {
  return object_of(1024 + 320 * (view.topics.size() + view.promises.size()), [&](JsonWriter& json) {
    write_field(json, "conversation", view.thread);
    write_field(json, "person", view.person);
    write_list(json, "topics", view.topics);
    write_list(json, "promises", view.promises);
    json.list("companions", view.companions);
    json.field("read_seq", view.read_seq);
    json.field("read_by_team", view.read_by_other);
    json.field("newest_seq", newest);
  });
}

std::string encode_entries(const EntryPage& page, std::span<const PersonName> authors) {
  return object_of(256 + 512 * page.entries.size(), [&](JsonWriter& json) {
    write_list(json, "entries", page.entries);
    write_list(json, "attachments", page.attachments);
    write_list(json, "people", authors);
    json.field("older", page.next);
  });
}

std::string encode_versions(std::span<const EntryVersion> versions) {
  return object_with_list("versions", versions);
}

std::string encode_found_entries(const FoundEntries& found) {
  return object_of(64 + 640 * found.found.size(), [&](JsonWriter& json) {
    write_list(json, "found", found.found);
    json.field("older", found.next);
  });
}

std::string encode_found_notes(const FoundNotes& found, std::span<const PersonName> authors) {
  return object_of(128 + 640 * found.found.size(), [&](JsonWriter& json) {
    write_list(json, "found", found.found);
    write_list(json, "authors", authors);
    write_further(json, found.further);
  });
}

std::string encode_line(const LinePage& page, std::span<const WithWhom> with, Seq newest) {
  return object_of(128 + 1024 * page.rows.size(), [&](JsonWriter& json) {
    json.key("waiting");
    json.begin_array();
    for (const DeskRow& row : page.rows) {
      const auto found = std::ranges::find(with, row.conversation.id, &WithWhom::conversation);
      json.begin_object();
      write_fields(json, row);
      json.field("with", found == with.end() ? std::nullopt : found->colleague);
      json.end_object();
    }
    json.end_array();
    write_further(json, page.further);
    json.field("newest_seq", newest);
  });
}

std::string encode_people(const PeoplePage& page) {
  return object_of(64 + 1024 * page.rows.size(), [&](JsonWriter& json) {
    write_list(json, "people", page.rows);
    json.field("older", page.next);
  });
}

std::string encode_found_people(std::span<const FoundPerson> found) {
  return object_with_list("people", found);
}

std::string encode_person_view(const PersonView& view) {
  return object_of(2048, [&](JsonWriter& json) {
    write_field(json, "person", view.person);
    write_field(json, "conversation", view.thread);
    write_list(json, "roles", view.roles);
    write_list(json, "identities", view.identities);
    write_list(json, "merged_people", view.merged_people);
    write_list(json, "merges", view.merges);
    write_list(json, "notes", view.notes);
  });
}

std::string encode_notes(std::span<const Note> notes, std::span<const PersonName> authors) {
  return object_of(64 + 384 * notes.size(), [&](JsonWriter& json) {
    write_list(json, "notes", notes);
    write_list(json, "people", authors);
  });
}

std::string encode_promises(const PromisePage& page, std::span<const PersonName> people) {
  return object_of(128 + 512 * page.promises.size(), [&](JsonWriter& json) {
    write_list(json, "promises", page.promises);
    write_list(json, "people", people);
    write_further(json, page.further);
  });
}

std::string encode_drafts(std::span<const InThread<Draft>> drafts) {
  return object_of(64 + 512 * drafts.size(), [&](JsonWriter& json) { write_list_at(json, "drafts", drafts); });
}

std::string encode_scheduled(std::span<const InThread<Scheduled>> scheduled,
                             std::span<const ConversationPerson> people) {
  return object_of(64 + 1024 * scheduled.size(), [&](JsonWriter& json) {
    write_list_at(json, "scheduled", scheduled);
    write_list(json, "people", people);
  });
}

std::string encode_handovers(std::span<const InThread<Handover>> handovers,
                             std::span<const ConversationPerson> people) {
  return object_of(64 + 640 * handovers.size(), [&](JsonWriter& json) {
    write_list_at(json, "handovers", handovers);
    write_list(json, "people", people);
  });
}

std::string encode_laters(const LaterPage& page, std::span<const ConversationPerson> people) {
  return object_of(128 + 512 * page.laters.size(), [&](JsonWriter& json) {
    write_list_at(json, "laters", std::span(page.laters));
    write_list(json, "people", people);
    write_further(json, page.further);
  });
}

std::string encode_mentions(const MentionPage& page, std::span<const PersonName> authors) {
  return object_of(64 + 640 * page.mentions.size(), [&](JsonWriter& json) {
    write_list(json, "mentions", page.mentions);
    write_list(json, "authors", authors);
    json.field("older", page.next);
  });
}

std::string encode_brought_in(const BroughtIn& brought) {
  return object_of(1024, [&](JsonWriter& json) {
    json.field("conversation", brought.conversation);
    json.list("companions", brought.companions);
    write_field(json, "note", brought.note);
  });
}

std::string encode_public_team(std::span<const PublicFace> faces, std::span<const PublicPresence> there) {
  return object_of(32 + 160 * faces.size(), [&](JsonWriter& json) { write_faces(json, faces, there); });
}

std::string encode_site(const FrontDoor& door, const OpenNow& open, std::span<const PublicFace> faces,
                        std::span<const PublicPresence> there) {
  return object_of(512 + 160 * faces.size(), [&](JsonWriter& json) {
    const std::string& own_line = door.inbox.hello_line;
    json.field("inbox", door.inbox.id);
    json.field("organisation", door.settings.organisation);
    json.field("hello_line", own_line.empty() ? door.settings.hello_line : own_line);
    json.field("hours", door.settings.hours);
    write_field(json, "opening", door.settings.opening);
    json.field("is_open", open.is_open);
    json.field("opens_at", open.opens_at);
    json.field("closes_at", open.closes_at);
    json.field("nobody_there_line", door.settings.nobody_there_line);
    json.field("is_sample", door.inbox.is_sample);
    write_faces(json, faces, there);
  });
}

std::string encode_team_presence(std::span<const Presence> presence) {
  return object_with_list("presence", presence);
}
std::string encode_teams(std::span<const Team> teams) {
  return object_with_list("teams", teams);
}
std::string encode_inboxes(std::span<const Inbox> inboxes) {
  return object_with_list("inboxes", inboxes);
}
std::string encode_seen_pages(std::span<const std::string> origins) {
  return object_of(64 + 64 * origins.size(), [&](JsonWriter& json) { json.list("pages", origins); });
}
std::string encode_team_members(std::span<const TeamMember> members) {
  return object_with_list("colleagues", members);
}

std::string encode_removed_sample(std::int64_t people) {
  return object_of(32, [&](JsonWriter& json) { json.field("people", people); });
}

std::string encode_my_face(std::string_view face) {
  return object_of(64, [&](JsonWriter& json) { write_face(json, face); });
}

void write(JsonWriter& json, const KeptBackup& backup) {
  json.begin_object();
  json.field("id", backup.id);
  json.field("name", backup.name);
  json.field("made_at", backup.made_at);
  json.field("size_bytes", backup.size_bytes);
  json.end_object();
}

std::string encode_backups(std::span<const KeptBackup> backups) {
  return object_with_list("backups", backups);
}

std::string encode_setup(bool needed) {
  return object_of(32, [&](JsonWriter& json) { json.field("needed", needed); });
}

}  // namespace kith::wire
