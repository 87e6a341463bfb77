#include "conversations/add_entry.h"

#include <utility>

#include "conversations/companions.h"
#include "conversations/later.h"
#include "conversations/thread_access.h"
#include "people/person_facts.h"

namespace kith {
namespace {

// Takes away what the thread waited for, in strands of merged persons too, so that undoing a merge later does not bring
// back a word that was answered meanwhile.
Result<bool> stop_waiting(Tx& tx, Thread& thread) {
  bool has_waited = false;
  for (const ConversationId strand : thread.strands) {
    Conversation conversation = thread.own;
    if (strand != thread.own.id) {
      KITH_TRY(conversation, tx.conversations().find(strand));
    }
    if (!conversation.waiting_since) continue;
    conversation.waiting_since.reset();
    KITH_CHECK(tx.conversations().save(conversation));
    has_waited = true;
  }
  thread.own.waiting_since.reset();
  return has_waited;
}

Result<bool> begin_waiting(Tx& tx, Thread& thread) {
  if (thread.own.waiting_since) return false;
  thread.own.waiting_since = tx.now();
  KITH_CHECK(tx.conversations().save(thread.own));
  return true;
}

Result<bool> move_waiting(Tx& tx, Thread& thread, const Entry& entry) {
  if (entry.author.kind == AuthorKind::colleague) return stop_waiting(tx, thread);
  if (asks_for_answer(entry)) return begin_waiting(tx, thread);
  return false;
}

// A word of hers ends the quiet she asked for.
Result<bool> stop_pausing(Tx& tx, Thread& thread, const Entry& entry) {
  if (entry.author.kind != AuthorKind::customer || !thread.own.paused_until) return false;
  thread.own.paused_until.reset();
  KITH_CHECK(tx.conversations().save(thread.own));
  return true;
}

// Who goes along with the conversation now, and for whom it is back on the desk.
Result<void> move_desk(Tx& tx, const Thread& thread, const Entry& entry) {
  if (entry.author.kind == AuthorKind::customer) return bring_back_for_all(tx, thread);
  if (entry.author.kind == AuthorKind::colleague && entry.author.person)
    return join_companions(tx, thread, *entry.author.person, entry.seq);
  return {};
}

}  // namespace

Result<Entry> add_entry(Tx& tx, Thread& thread, Entry draft) {
  const bool is_first = thread.own.last_entry == 0;
  draft.seq = draft.changed_seq = tx.next_seq();
  draft.strand = thread.own.id;
  draft.at = tx.now();
  draft.version = 1;
  KITH_CHECK(tx.entries().add(draft));
  thread.own.last_entry = draft.seq;
  tx.emit(event_in(thread, draft.seq, EntryAdded{draft}));
  KITH_TRY(const bool waiting_changed, move_waiting(tx, thread, draft));
  KITH_TRY(const bool pause_ended, stop_pausing(tx, thread, draft));
  if (is_first || waiting_changed || pause_ended) KITH_CHECK(announce_thread(tx, thread));
  KITH_CHECK(move_desk(tx, thread, draft));
  return draft;
}

Result<Entry> add_notice(Tx& tx, Thread& thread, std::string rule, std::string text) {
  return add_entry(tx, thread,
                   {.id = tx.new_id<EntryId>(),
                    .kind = EntryKind::notice,
                    .channel = Channel::none,
                    .author = {.kind = AuthorKind::notice, .machine = std::move(rule)},
                    .text = std::move(text)});
}

Result<Author> author_for(Tx& tx, const Actor& actor) {
  switch (actor.kind) {
    case ActorKind::visitor:
      return Author{.kind = AuthorKind::customer, .person = actor.person};
    case ActorKind::program:
      return Author{.kind = AuthorKind::machine, .machine = actor.program_name};
    case ActorKind::colleague: {
      if (!actor.session) return fail(Errc::not_signed_in, "no session");
      KITH_TRY(const Session session, tx.access().session(*actor.session));
      if (session.revoked || session.expires_at <= tx.now() || session.person != actor.person)
        return fail(Errc::not_signed_in, "session is over");
      return Author{.kind = AuthorKind::colleague, .person = actor.person, .session = session.id};
    }
    case ActorKind::system:
    case ActorKind::nobody:
      break;
  }
  return fail(Errc::not_allowed, "no author");
}

Result<void> announce_thread(Tx& tx, const Thread& thread) {
  KITH_TRY(auto person, tx.people().find(thread.own.person));
  tx.emit(event_in(thread, tx.next_seq(), ConversationChanged{thread, std::move(person)}));
  return {};
}

}  // namespace kith
