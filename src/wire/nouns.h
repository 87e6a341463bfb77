// The JSON of each noun, exactly as docs/api.yaml names its fields. Secrets, sessions and what only the house needs are
// not in it.
#pragma once

#include <string>

#include "care/line_board.h"
#include "domain/access.h"
#include "domain/attachment.h"
#include "domain/conversation.h"
#include "domain/entry.h"
#include "domain/identity.h"
#include "domain/inbox.h"
#include "domain/note.h"
#include "domain/person.h"
#include "domain/presence.h"
#include "domain/promise.h"
#include "domain/topic.h"
#include "wire/json_writer.h"

namespace kith::wire {

// The path of somebody's picture, or null; `face` is its key.
void write_face(JsonWriter& json, std::string_view face);

void write(JsonWriter& json, const Person& person);
void write(JsonWriter& json, const Role& role);
void write(JsonWriter& json, const Identity& identity);
void write(JsonWriter& json, const Merge& merge);
void write(JsonWriter& json, const Conversation& conversation);  // ConversationHead
void write(JsonWriter& json, const Thread& thread);              // Conversation
void write(JsonWriter& json, const Entry& entry);
void write(JsonWriter& json, const EntryVersion& version);
void write(JsonWriter& json, const Topic& topic);
void write(JsonWriter& json, const Note& note);
void write(JsonWriter& json, const Promise& promise);
void write(JsonWriter& json, const Ask& ask);
void write(JsonWriter& json, const Attachment& attachment);
void write(JsonWriter& json, const Team& team);
void write(JsonWriter& json, const Inbox& inbox);
void write(JsonWriter& json, const Settings& settings);
void write(JsonWriter& json, const Presence& presence);
void write(JsonWriter& json, const WithWhom& with);
void write(JsonWriter& json, const Invitation& invitation);
void write(JsonWriter& json, const ApiToken& token);

template <class Noun>
std::string encode(const Noun& noun) {
  std::string out;
  out.reserve(512);
  JsonWriter json(out);
  write(json, noun);
  return out;
}

// A field that is a noun, and one that is a list of them.
template <class Noun>
void write_field(JsonWriter& json, std::string_view name, const Noun& noun) {
  json.key(name);
  write(json, noun);
}
template <class Nouns>
void write_list(JsonWriter& json, std::string_view name, const Nouns& nouns) {
  json.key(name);
  json.begin_array();
  for (const auto& noun : nouns) write(json, noun);
  json.end_array();
}

}  // namespace kith::wire
