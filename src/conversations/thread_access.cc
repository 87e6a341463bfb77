#include "conversations/thread_access.h"

#include <algorithm>
#include <utility>

namespace kith {
namespace {

Result<Thread> find_thread(const ConversationReader& conversations, const Actor& actor,
                           std::optional<ConversationId> conversation) {
  if (actor.kind == ActorKind::nobody) return fail(Errc::not_signed_in, "nobody is known behind this");
  if (!conversation && actor.kind != ActorKind::visitor) return invalid("conversation", "missing");
  KITH_TRY(auto thread,
           conversation ? conversations.thread_with(*conversation) : conversations.thread_of(actor.person));
  KITH_CHECK(may(actor, Verb::read, touched::Thread{thread.own.person}));
  return thread;
}

}  // namespace

Result<Thread> thread_for(const Snapshot& snapshot, const Actor& actor, std::optional<ConversationId> conversation) {
  return find_thread(snapshot.conversations(), actor, conversation);
}

Result<Thread> thread_for(Tx& tx, const Actor& actor, std::optional<ConversationId> conversation) {
  return find_thread(tx.conversations(), actor, conversation);
}

Result<Thread> thread_to_write_in(Tx& tx, const Actor& actor, std::optional<ConversationId> conversation) {
  if (actor.kind != ActorKind::program) return thread_for(tx, actor, conversation);
  if (!conversation) return invalid("conversation", "missing");
  KITH_TRY(auto thread, tx.conversations().thread_with(*conversation));
  KITH_CHECK(may(actor, Verb::add, touched::Thread{thread.own.person}));
  return thread;
}

bool has_strand(const Thread& thread, ConversationId strand) {
  return std::ranges::find(thread.strands, strand) != thread.strands.end();
}

Event event_in(const Thread& thread, Seq seq, EventBody body) {
  return {seq, thread.own.id, std::move(body)};
}

}  // namespace kith
