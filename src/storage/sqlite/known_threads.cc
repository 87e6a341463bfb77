#include "storage/sqlite/known_threads.h"

namespace kith::sqlite {
namespace {

constexpr std::size_t kMostKnown = 32'768;  // about 7 MB when full

}  // namespace

const KnownThread* KnownThreads::of(PersonId person) const {
  const auto met = of_person_.find(person);
  return met == of_person_.end() ? nullptr : with(met->second);
}

const KnownThread* KnownThreads::with(ConversationId conversation) const {
  const auto met = threads_.find(conversation);
  return met == threads_.end() ? nullptr : &met->second;
}

KnownThread* KnownThreads::find(ConversationId conversation) {
  const auto met = threads_.find(conversation);
  return met == threads_.end() ? nullptr : &met->second;
}

void KnownThreads::keep(const KnownThread& thread) {
  if (threads_.size() >= kMostKnown) forget();
  threads_.insert_or_assign(thread.own.id, thread);
  of_person_.insert_or_assign(thread.own.person, thread.own.id);
}

void KnownThreads::entry_added(ConversationId conversation, Seq seq) {
  if (KnownThread* known = find(conversation)) known->own.last_entry = seq;
}

void KnownThreads::saved(const Conversation& conversation) {
  KnownThread* known = find(conversation.id);
  if (!known) return;
  const Seq last_entry = known->own.last_entry;  // what a save says of it is not written
  known->own = conversation;
  known->own.last_entry = last_entry;
}

void KnownThreads::laters_are(ConversationId conversation, bool none) {
  if (KnownThread* known = find(conversation)) known->is_free_of_laters = none;
}

void KnownThreads::forget() {
  threads_.clear();
  of_person_.clear();
}

}  // namespace kith::sqlite
