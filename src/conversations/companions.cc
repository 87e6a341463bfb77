#include "conversations/companions.h"

#include <span>
#include <utility>

#include "conversations/notes.h"
#include "conversations/thread_access.h"
#include "people/if_found.h"
#include "people/person_facts.h"

namespace kith {

namespace {

Result<bool> is_first(Tx& tx, std::span<const ConversationId> strands, PersonId colleague) {
  KITH_TRY(const auto first, tx.companions().of_strands(strands, 1));
  return !first.empty() && first.front() == colleague;
}

}  // namespace

Result<void> join_companions(Tx& tx, const Thread& thread, PersonId colleague, Seq seq) {
  KITH_TRY(bool is_told, is_first(tx, thread.strands, colleague));
  // In her own strand too, else who was away while it was joined with others would not hear of it.
  if (is_told && thread.strands.size() > 1) {
    KITH_TRY(is_told, is_first(tx, std::span(&thread.own.id, 1), colleague));
  }
  // Kept even when she is first already: of strands that are joined later the newest reason decides.
  KITH_CHECK(tx.companions().save({thread.own.id, colleague, seq}));
  if (is_told) return {};
  KITH_TRY(auto companions, tx.companions().of_strands(thread.strands, kMostCompanions));
  tx.emit(event_in(thread, tx.next_seq(), CompanionsChanged{thread.own.id, std::move(companions)}));
  return {};
}

Result<BroughtIn> bring_in(Tx& tx, const Actor& actor, const BringIn& command) {
  KITH_TRY(const auto thread, thread_for(tx, actor, command.conversation));
  KITH_CHECK(may(actor, Verb::add, touched::Companions{thread.own.person}));
  KITH_TRY(const auto earlier, if_found(tx.notes().find(command.id)));
  if (!earlier) {
    KITH_TRY(const bool is_there, is_in_team(tx.people(), command.colleague, tx.now()));
    if (!is_there) return invalid("colleague", "not in the team");
  }
  // A repeat after a merge is still about whom it was about.
  const PersonId about = earlier ? earlier->about : thread.own.person;
  auto note = write_note(tx, actor, {command.id, about, command.words, {command.colleague}});
  if (!note && note.error().field == "text") return invalid("words", note.error().detail);
  if (!note) return std::unexpected<Error>(note.error());
  if (!earlier) KITH_CHECK(join_companions(tx, thread, command.colleague, note->changed_seq));
  KITH_TRY(auto companions, tx.companions().of_strands(thread.strands, kMostCompanions));
  return BroughtIn{std::move(*note), thread.own.id, std::move(companions)};
}

}  // namespace kith
