// The frames of the live connection, exactly as docs/live.md describes them: what clients say, read into commands, and
// what the house says, written as JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "care/line_board.h"
#include "care/presence_board.h"
#include "conversations/edit_entry.h"
#include "conversations/write_message.h"
#include "domain/access.h"
#include "domain/conversation.h"
#include "domain/event.h"
#include "domain/presence.h"

namespace kith::wire {

// ---- what clients say
// ------------------------------------------------------------------------------------------------

struct LiveHello {
  std::optional<Seq> since;  // nothing: from now on
  std::string token;         // empty: the session cookie
};
struct LiveTyping {
  std::optional<ConversationId> conversation;  // nothing: the visitor's own
};
struct LiveReading {
  std::optional<ConversationId> conversation;
  Seq seq = 0;
};
struct LivePresence {  // what is absent stays as it is
  PresenceLevel level = PresenceLevel::away;
  std::optional<std::optional<Time>> back_at;
  std::optional<std::int64_t> written_capacity;
  std::optional<bool> takes_calls;
};
struct LivePing {};

using LiveBody =
    std::variant<LiveHello, WriteMessage, EditEntry, TakeBackEntry, LiveTyping, LiveReading, LivePresence, LivePing>;

struct ClientFrame {
  std::optional<IdBytes> id;  // of the write or act, as far as it could be read: the answer names it
  Result<LiveBody> body;
};
ClientFrame decode_client_frame(std::string_view json);

// ---- what the house says
// ---------------------------------------------------------------------------------------------

struct LiveWelcome {
  Seq seq = 0;
  bool reset = false;
  std::vector<Presence> present;
  std::vector<WithWhom> with;  // who is with which colleague right now
};
// Visitors read of a presence only what is public. Who is with whom only colleagues do.
std::string encode_welcome(const LiveWelcome& welcome, const Actor& actor, const std::optional<Thread>& thread);
std::string encode_caught_up(Seq seq);
std::string encode_kept(const IdBytes& id, Seq seq);
std::string encode_refused(const IdBytes& id, const Error& error);
std::string encode_live_problem(const Error& error);
std::string encode_pong();
std::string encode_going_away();

struct LiveSender {
  ActorKind kind = ActorKind::visitor;  // visitor or colleague
  PersonId person;
};
std::string encode_typing(ConversationId conversation, const LiveSender& by);
std::string encode_reading(ConversationId conversation, Seq seq, const LiveSender& by);
std::string encode_presence(const Presence& presence);
std::string encode_presence(const PublicPresence& presence);
std::string encode_with(const WithWhom& with);

}  // namespace kith::wire
