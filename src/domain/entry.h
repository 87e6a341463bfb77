// One thing in a conversation. Entries are never changed: an edit is a new version that both sides can see.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "domain/ids.h"

namespace kith {

enum class EntryKind : std::uint8_t {
  message,
  call,
  visit,
  note_to_both,
  notice,
  thanks,
  apology,
  introduction,
  vent,
  survey_answer
};
enum class Channel : std::uint8_t { web, email, phone, portal, forum, counter, none };

// Who says it. A human is a person with a live session as proof; everything else says what it is.
enum class AuthorKind : std::uint8_t { customer, colleague, machine, notice };

struct Author {
  AuthorKind kind = AuthorKind::customer;
  std::optional<PersonId> person;    // customer and colleague
  std::optional<SessionId> session;  // colleague: the live session that proves a human wrote this
  std::string machine;               // machine: tool name and version; notice: the law or rule it follows
  friend bool operator==(const Author&, const Author&) = default;
};

struct Entry {
  EntryId id;  // made by the writer's client
  Seq seq = 0;
  ConversationId strand;  // the conversation it was written in; merges never move it
  EntryKind kind = EntryKind::message;
  Channel channel = Channel::web;
  Author author;
  std::string text;  // of the newest version; empty when taken back
  std::vector<AttachmentId> attachments;
  Time at;                    // of the first version
  std::uint32_t version = 1;  // 1 until edited
  Seq changed_seq = 0;        // seq of the newest version; equals seq until edited
  bool taken_back = false;    // the author deleted it; earlier versions stay readable to both
  friend bool operator==(const Entry&, const Entry&) = default;
};

struct EntryVersion {
  ActId act;  // client-made id of the edit
  EntryId entry;
  std::uint32_t version = 2;
  Seq seq = 0;
  std::string text;
  bool taken_back = false;
  Time at;
  friend bool operator==(const EntryVersion&, const EntryVersion&) = default;
};

}  // namespace kith
