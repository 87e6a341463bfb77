#include "conversations/write_message.h"

#include <algorithm>
#include <utility>

#include "conversations/add_entry.h"
#include "conversations/message_checks.h"
#include "conversations/thread_access.h"
#include "conversations/topic_moves.h"
#include "people/if_found.h"

namespace kith {
namespace {

// Compared with what was first said: it may have been edited since.
Result<Entry> same_again(Tx& tx, const Thread& thread, const Entry& draft) {
  KITH_TRY(Entry earlier, tx.entries().find(draft.id));
  KITH_TRY(const auto versions, tx.entries().versions(draft.id));
  const bool is_same_author = earlier.author.kind == draft.author.kind &&
                              earlier.author.person == draft.author.person &&
                              earlier.author.machine == draft.author.machine;
  const bool is_same_content = earlier.kind == draft.kind && earlier.channel == draft.channel &&
                               earlier.attachments == draft.attachments && versions.front().text == draft.text;
  if (!has_strand(thread, earlier.strand) || !is_same_author || !is_same_content)
    return fail(Errc::conflict, "the id belongs to another entry");
  return earlier;
}

// Two answers to one question confuse whoever asked it. Only what stands among the newest counts: nobody who has seen
// less is about to answer.
Result<void> check_nobody_answered(Tx& tx, const Thread& thread, const Entry& draft, Seq after) {
  constexpr std::size_t kNewest = 200;
  KITH_TRY(const auto known, if_found(tx.entries().find(draft.id)));
  if (known) return {};
  KITH_TRY(const auto entries, tx.entries().page(thread.strands, std::nullopt, kNewest));
  for (const Entry& entry : entries) {
    if (entry.seq <= after) break;
    const bool is_a_colleagues =
        entry.author.kind == AuthorKind::colleague && entry.author.person != draft.author.person;
    if (is_a_colleagues && !entry.taken_back) return fail(Errc::answered_meanwhile, "another colleague answered since");
  }
  return {};
}

}  // namespace

Result<Entry> write_message(Tx& tx, const Actor& actor, const WriteMessage& command) {
  KITH_TRY(auto thread, thread_to_write_in(tx, actor, command.conversation));
  KITH_CHECK(may(actor, Verb::add, touched::Thread{thread.own.person}));
  KITH_TRY(auto author, author_for(tx, actor));
  KITH_CHECK(check_content(command, author.kind));
  const Entry draft{.id = command.id,
                    .kind = command.kind,
                    .channel = command.channel,
                    .author = std::move(author),
                    .text = command.text,
                    .attachments = command.attachments};

  KITH_CHECK(check_attachments(tx, thread, draft.author, draft.attachments));
  KITH_TRY(auto topics, find_topics(tx, thread, command.topics));
  if (command.after && draft.author.kind == AuthorKind::colleague)
    KITH_CHECK(check_nobody_answered(tx, thread, draft, *command.after));
  auto entry = add_entry(tx, thread, draft);
  if (!entry && entry.error().code == Errc::conflict) return same_again(tx, thread, draft);
  if (!entry) return entry;
  for (Topic& topic : topics) KITH_CHECK(link_to_topic(tx, thread, std::move(topic), *entry));
  return entry;
}

}  // namespace kith
