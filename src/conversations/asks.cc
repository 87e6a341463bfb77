#include "conversations/asks.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include "conversations/thread_access.h"

namespace kith {
namespace {

Result<void> check_field(std::string_view field) {
  const bool is_name = !field.empty() && field.size() <= 40 &&
                       std::ranges::all_of(field, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
  if (!is_name) return invalid("field", "small letters and underscores");
  return {};
}

// In any of these strands: who has answered before two records were joined has answered.
Result<std::optional<Ask>> find_ask(Tx& tx, std::span<const ConversationId> strands, std::string_view field) {
  std::optional<Ask> found;
  for (const ConversationId strand : strands) {
    KITH_TRY(const auto asks, tx.conversations().asks(strand));
    for (const Ask& ask : asks) {
      const bool is_newer_news = !found || found->state == AskState::asked || ask.state == AskState::answered;
      if (ask.field == field && is_newer_news) found = ask;
    }
  }
  return found;
}

Result<bool> is_known_of(Tx& tx, const Person& person, std::string_view field) {
  if (field == "called") return !person.called.empty();
  if (field != "reply_address") return false;
  KITH_TRY(const auto identities, tx.identities().identities_of(person.id));
  return std::ranges::any_of(identities, [](const Identity& identity) {
    const bool reaches_her = identity.kind == IdentityKind::email || identity.kind == IdentityKind::phone;
    return reaches_her && identity.state != IdentityState::retired;
  });
}

// What is known needs no asking, wherever it is known from: of her, or of a record that turned out to be hers.
Result<bool> is_known(Tx& tx, const Thread& thread, std::string_view field) {
  KITH_TRY(auto people, tx.people().merged_into(thread.own.person));
  KITH_TRY(auto herself, tx.people().find(thread.own.person));
  people.push_back(std::move(herself));
  for (const Person& person : people) {
    KITH_TRY(const bool known, is_known_of(tx, person, field));
    if (known) return true;
  }
  return false;
}

Result<Thread> thread_to_ask_in(Tx& tx, const Actor& actor, std::optional<ConversationId> conversation) {
  KITH_TRY(auto thread, thread_for(tx, actor, conversation));
  KITH_CHECK(may(actor, Verb::add, touched::Thread{thread.own.person}));
  return thread;
}

}  // namespace

Result<AskDecision> ask_once(Tx& tx, const Actor& actor, const AskOnce& command) {
  KITH_CHECK(check_field(command.field));
  KITH_TRY(const auto thread, thread_to_ask_in(tx, actor, command.conversation));
  KITH_TRY(const bool known, is_known(tx, thread, command.field));
  if (known) return AskDecision{false};
  KITH_TRY(const auto earlier, find_ask(tx, thread.strands, command.field));
  if (earlier) return AskDecision{earlier->state == AskState::asked};
  KITH_CHECK(tx.conversations().save_ask({thread.own.id, command.field, AskState::asked}));
  return AskDecision{true};
}

Result<Ask> answer_ask(Tx& tx, const Actor& actor, const AnswerAsk& command) {
  KITH_CHECK(check_field(command.field));
  if (command.state == AskState::asked) return invalid("state", "answered or declined");
  KITH_TRY(const auto thread, thread_to_ask_in(tx, actor, command.conversation));
  // In her own strand, even when somebody joined with her has answered too: taken apart again she has still answered.
  KITH_TRY(const auto own, find_ask(tx, std::span(&thread.own.id, 1), command.field));
  // An answer is never lost by a later "no thanks"; who declined may still answer by herself.
  const bool is_answered = own && (own->state == AskState::answered || own->state == command.state);
  if (!is_answered) KITH_CHECK(tx.conversations().save_ask({thread.own.id, command.field, command.state}));
  KITH_TRY(const auto stands, find_ask(tx, thread.strands, command.field));
  return stands.value_or(Ask{thread.own.id, command.field, command.state});
}

}  // namespace kith
