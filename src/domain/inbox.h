// A place where customers reach us: a website, a mail address, a phone number. And what the installation says of
// itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/ids.h"
#include "domain/opening.h"

namespace kith {

enum class InboxKind : std::uint8_t { web, email, phone };

struct Inbox {
  InboxId id;
  InboxKind kind = InboxKind::web;
  std::string name;
  std::optional<TeamId> team;
  std::vector<std::string> allowed_origins;  // web: exact origins that may embed the panel, "https://shop.example"
  std::string identity_issuer;               // web: `iss` of signed customer tokens; empty when not used
  std::string identity_secret;               // web: sealed HS256 key; empty when not used
  std::string hello_line;
  bool is_sample = false;
  friend bool operator==(const Inbox&, const Inbox&) = default;
};

struct Settings {
  std::string organisation = "Kith";
  std::string hello_line;         // shown when nobody in particular is there
  std::string hours;              // in words, beside or instead of `opening`
  std::string nobody_there_line;  // the truth when nobody is there
  std::uint32_t version = 0;      // grows with every change; the ETag
  Opening opening{};              // when somebody answers
  friend bool operator==(const Settings&, const Settings&) = default;
};

// The machine asked a person something (what to be called, where to answer). Asked once, never again once answered.
enum class AskState : std::uint8_t { asked, answered, declined };
struct Ask {
  ConversationId strand;
  std::string field;  // "called", "reply_address" ...
  AskState state = AskState::asked;
  friend bool operator==(const Ask&, const Ask&) = default;
};

}  // namespace kith
